using System.Globalization;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Benchmarks.Hosts;

/// <summary>What a process does after its answers. It can be held, by taking every slot of the work loop, so that turns are measured alone.</summary>
internal sealed class Background
{
    /// <summary>Asks a process to leave everything that turns leave to be done after them.</summary>
    public const string Hold = "hold";

    /// <summary>Asks it to go on.</summary>
    public const string Release = "release";

    private const string Kind = "benchmark-hold";
    private IServiceProvider? _services;
    private TaskCompletionSource? _released;

    public void Found(IServiceProvider services)
    {
        _services = services;
        services.GetRequiredService<WorkHandlers>().Add(Kind, async (_, _) => await _released!.Task);
    }

    public string? Answer(string question)
    {
        if (question == Hold)
        {
            _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
            for (var slot = 0; slot < WorkLoop.MaxParallel; slot++)
            {
                _services!.GetRequiredService<WorkLoop>().Nudge(new WakeUp(Kind, string.Create(CultureInfo.InvariantCulture, $"{Kind}-{slot}")));
            }
        }
        if (question == Release)
        {
            _released!.SetResult();
        }
        return null;
    }
}
