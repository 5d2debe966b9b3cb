using System.Diagnostics;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoordinationBot.EndToEnd;

/// <summary>The real host by its own entry point, in a process of this program, with some of its services changed.</summary>
internal static class HostEntry
{
    public static async Task<int> RunAsync(Action<IServiceCollection> change)
    {
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Builders(change));
        // The entry point of an asynchronous Main waits, so it gets a thread.
        await Task.Run(() => typeof(ITables).Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]));
        return 0;
    }

    private sealed class Builders(Action<IServiceCollection> change) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder builder }) builder.ConfigureServices(change);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
