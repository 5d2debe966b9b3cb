using System.Runtime.InteropServices;

// .NET finds this by its name and place (no namespace) in the assembly that DOTNET_STARTUP_HOOKS names, and runs it in
// the host's process before the host's own Main. It must need nothing but the base library.

/// <summary>Ends the process in good order when the launcher closes its standard input, or is itself gone.</summary>
internal static partial class StartupHook
{
    private const int Sigterm = 15;

    public static void Initialize()
    {
        // What the host starts in its turn is not the launcher's child.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(EndWithLauncher) { IsBackground = true, Name = "End with the launcher" }.Start();
    }

    private static void EndWithLauncher()
    {
        var buffer = new byte[256];
        using var input = Console.OpenStandardInput();
        while (input.Read(buffer) > 0)
        {
            // Nothing is ever sent: the end is the message.
        }

        // Not Environment.Exit: that would skip the orderly shutdown which the host does on SIGTERM.
        if (OperatingSystem.IsWindows()) Environment.Exit(0);
        else _ = Kill(Environment.ProcessId, Sigterm);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
