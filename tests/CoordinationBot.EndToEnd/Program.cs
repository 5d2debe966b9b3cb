using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.EndToEnd.EchoBots;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this same program once more as the bot that they talk to, or as a host that they end at any moment.
return EchoBot.IsWanted ? await EchoBot.RunAsync()
    : ChaosHost.IsWanted ? await ChaosHost.RunAsync()
    : await ConsoleRunner.Run(args);
