using CoordinationBot.EndToEnd.EchoBots;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this same program once more as the bot that they talk to.
return EchoBot.IsWanted ? await EchoBot.RunAsync() : await ConsoleRunner.Run(args);
