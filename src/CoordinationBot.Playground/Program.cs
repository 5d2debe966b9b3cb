using System.Runtime.InteropServices;
using CoordinationBot.Playground;
using CoordinationBot.Playground.Processes;
using Spectre.Console;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    var options = LauncherOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(LauncherOptions.Usage);
        return 0;
    }

    await new Launcher(options, AnsiConsole.Console, TimeProvider.System).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (LauncherException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true; // we end in order, and not before our children
    stop.Cancel();
}
