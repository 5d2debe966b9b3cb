namespace CoordinationBot.Playground.Processes;

/// <summary>Something the user can act on: the message is one clear sentence, printed without a stack trace.</summary>
public sealed class LauncherException(string message) : Exception(message);
