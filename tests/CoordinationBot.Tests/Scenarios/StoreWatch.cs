using CoordinationBot.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Stands before the store of an office, whatever host runs on it: counts what turns ask of it, and fails when it is told to.</summary>
internal sealed class StoreWatch
{
    /// <summary>The partitions from which people are told something.</summary>
    private static readonly string[] Told = ["|D|", "|S|", "|M|", "|N|", "|V|", "|I|"];

    private readonly Lock _lock = new();
    private readonly HashSet<string> _delegations = [];
    private readonly List<string> _calls = [];
    private int _all;

    /// <summary>Says whether a call (<c>get</c>, <c>query</c>, <c>commit</c>, <c>enqueue</c>) on a partition fails as if the store were gone.</summary>
    public Func<string, string, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>The calls of turns since this was asked last; what is done after a turn is not among them.</summary>
    public IReadOnlyList<string> Taken()
    {
        lock (_lock)
        {
            List<string> calls = [.. _calls];
            _calls.Clear();
            return calls;
        }
    }

    /// <summary>Every call since the beginning: while it grows, somebody is at work.</summary>
    public int All => Volatile.Read(ref _all);

    public IReadOnlyList<string> Delegations
    {
        get
        {
            lock (_lock)
            {
                return [.. _delegations];
            }
        }
    }

    public void Attach(IServiceCollection services)
    {
        // In the background there is no request: that is how the two are told apart.
        services.AddHttpContextAccessor();
        var (tables, queue) = (services.Last(known => known.ServiceType == typeof(ITables)), services.Last(known => known.ServiceType == typeof(IWorkQueue)));
        services.AddSingleton<ITables>(provider => new Tables(Inner<ITables>(provider, tables), this, provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddSingleton<IWorkQueue>(provider => new Queue(Inner<IWorkQueue>(provider, queue), this, provider.GetRequiredService<IHttpContextAccessor>()));
    }

    private static T Inner<T>(IServiceProvider provider, ServiceDescriptor inner) =>
        (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!));

    private void Called(string call, string partition, IHttpContextAccessor requests)
    {
        Interlocked.Increment(ref _all);
        lock (_lock)
        {
            if (requests.HttpContext is not null)
            {
                _calls.Add(call);
            }
            if (call == "commit" && Told.Any(kind => partition.Contains(kind, StringComparison.Ordinal)))
            {
                _delegations.Add(partition);
            }
        }
        if (Fails(call, partition))
        {
            throw new StorageException("The store does not answer.", new IOException("gone"));
        }
    }

    private sealed class Tables(ITables inner, StoreWatch watch, IHttpContextAccessor requests) : ITables
    {
        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel)
        {
            watch.Called("get", partition, requests);
            return inner.GetAsync(partition, key, cancel);
        }

        public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel)
        {
            watch.Called("query", partition, requests);
            return inner.QueryAsync(partition, prefix, take, after, cancel);
        }

        public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
        {
            watch.Called("commit", partition, requests);
            return inner.CommitAsync(partition, changes, cancel);
        }

        public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
    }

    private sealed class Queue(IWorkQueue inner, StoreWatch watch, IHttpContextAccessor requests) : IWorkQueue
    {
        public ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
        {
            watch.Called("enqueue", wakeUp.Partition, requests);
            return inner.EnqueueAsync(wakeUp, due, cancel);
        }

        public async ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel)
        {
            Interlocked.Increment(ref watch._all);
            var works = await inner.ReceiveAsync(max, hide, cancel);
            Interlocked.Increment(ref watch._all);
            return works;
        }

        public ValueTask CompleteAsync(DueWork work, CancellationToken cancel) => inner.CompleteAsync(work, cancel);

        public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel) => inner.ReleaseAsync(work, delay, cancel);

        public ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel) => inner.OldestDueAsync(cancel);

        public ValueTask CheckAsync(CancellationToken cancel) => inner.CheckAsync(cancel);
    }
}
