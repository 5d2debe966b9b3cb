using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.EndToEnd.EchoBots;
using CoordinationBot.EndToEnd.Load;
using Xunit.Runner.InProc.SystemConsole;

// The tests start this same program once more as the bot that they talk to, or as a host that they end at any moment or give slow work.
return EchoBot.IsWanted ? await EchoBot.RunAsync()
    : ChaosHost.IsWanted ? await ChaosHost.RunAsync()
    : SlowHost.IsWanted ? await SlowHost.RunAsync()
    : await ConsoleRunner.Run(args);
