using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Queues;

namespace CoordinationBot.Storage;

/// <summary>
/// The work queue on Azure Storage Queues. A message can be hidden for seven days at most, so it holds its true due time: one that shows up too early goes
/// back as a new message, which also keeps its attempts at none. A send that is tried again may come twice, which a wake-up may.
/// </summary>
/// <param name="queue">The queue; its client retries.</param>
/// <param name="time">The clock.</param>
/// <param name="longestHide">How long to hide at most, <see cref="LongestHide"/> unless told.</param>
internal sealed class AzureWorkQueue(QueueClient queue, TimeProvider time, TimeSpan? longestHide = null) : IWorkQueue
{
    /// <summary>A kind nobody registers: a message that is not ours to read ends as a poison row.</summary>
    public const string UnreadableKind = "unreadable";

    /// <summary>The test message is gone before a host could see it, whatever becomes of whoever put it in.</summary>
    private static readonly TimeSpan CheckHidden = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>An hour short of what Azure takes: what is due later is put back then.</summary>
    public static readonly TimeSpan LongestHide = TimeSpan.FromDays(7) - TimeSpan.FromHours(1);

    private readonly TimeSpan _longestHide = longestHide ?? LongestHide;

    public async ValueTask EnqueueAsync(WakeUp wakeUp, DateTimeOffset due, CancellationToken cancel)
    {
        WorkLimits.Check(wakeUp);
        await CallAsync(
            async () =>
            {
                var text = JsonSerializer.Serialize(new WakeUpMessage(wakeUp.Kind, wakeUp.Partition, due), WakeUpJson.Default.WakeUpMessage);
                await queue.SendMessageAsync(text, Hidden(due - time.GetUtcNow()), Forever, cancel);
            },
            cancel);
    }

    public async ValueTask<IReadOnlyList<DueWork>> ReceiveAsync(int max, TimeSpan hide, CancellationToken cancel)
    {
        WorkLimits.CheckReceive(max, hide);
        var works = new List<DueWork>();
        await CallAsync(
            async () =>
            {
                foreach (var message in (await queue.ReceiveMessagesAsync(max, Hidden(hide), cancel)).Value)
                {
                    var wakeUp = Parse(message.MessageId, message.Body, out var due);
                    var work = new DueWork(wakeUp, (int)message.DequeueCount, $"{message.MessageId}|{message.PopReceipt}");
                    // Not even a moment early, though clocks differ: whoever finds nothing due yet does nothing, and nobody would look again.
                    if (due <= time.GetUtcNow())
                    {
                        works.Add(work);
                        continue;
                    }
                    await EnqueueAsync(wakeUp, due, cancel);
                    await CompleteAsync(work, cancel);
                }
            },
            cancel);
        return works;
    }

    public ValueTask CompleteAsync(DueWork work, CancellationToken cancel)
    {
        var (id, receipt) = ParseReceipt(work.Receipt);
        return CallAsync(() => IgnoreStaleAsync(() => queue.DeleteMessageAsync(id, receipt, cancel)), cancel);
    }

    public ValueTask ReleaseAsync(DueWork work, TimeSpan delay, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        var (id, receipt) = ParseReceipt(work.Receipt);
        return CallAsync(() => IgnoreStaleAsync(() => queue.UpdateMessageAsync(id, receipt, visibilityTimeout: Hidden(delay), cancellationToken: cancel)), cancel);
    }

    /// <summary>Of those that come next: the service shows no more of them.</summary>
    public async ValueTask<DateTimeOffset?> OldestDueAsync(CancellationToken cancel)
    {
        DateTimeOffset? oldest = null;
        await CallAsync(
            async () =>
            {
                foreach (var message in (await queue.PeekMessagesAsync(WorkLimits.MaxReceive, cancel)).Value)
                {
                    _ = Parse(message.MessageId, message.Body, out var due);
                    if (due > DateTimeOffset.MinValue && due <= time.GetUtcNow() && (oldest is null || due < oldest)) oldest = due;
                }
            },
            cancel);
        return oldest;
    }

    /// <summary>How many there are, hidden ones too; the service may count some that are gone already.</summary>
    public async ValueTask<int> CountAsync(CancellationToken cancel)
    {
        var count = 0;
        await CallAsync(async () => count = (await queue.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount, cancel);
        return count;
    }

    /// <summary>Removes all, hidden ones too.</summary>
    public ValueTask ClearAsync(CancellationToken cancel) => CallAsync(() => queue.ClearMessagesAsync(cancel), cancel);

    public ValueTask CheckAsync(CancellationToken cancel) => CallAsync(
        async () =>
        {
            await queue.PeekMessagesAsync(1, cancel);
            var sent = (await queue.SendMessageAsync("check", CheckHidden, CheckHidden + TimeSpan.FromSeconds(1), cancel)).Value;
            await queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt, cancel);
        },
        cancel);

    /// <summary>Whole seconds, and never sooner than asked.</summary>
    private TimeSpan Hidden(TimeSpan time) =>
        time <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Ceiling((time < _longestHide ? time : _longestHide).TotalSeconds));

    private static WakeUp Parse(string id, BinaryData body, out DateTimeOffset due)
    {
        try
        {
            if (JsonSerializer.Deserialize(body.ToMemory().Span, WakeUpJson.Default.WakeUpMessage) is { Kind: { } kind, Partition: { } partition } read)
            {
                var wakeUp = new WakeUp(kind, partition);
                WorkLimits.Check(wakeUp);
                due = read.Due;
                return wakeUp;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Below.
        }
        due = DateTimeOffset.MinValue;
        return new WakeUp(UnreadableKind, id);
    }

    private static (string Id, string Receipt) ParseReceipt(string receipt)
    {
        var bar = receipt.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 ? (receipt[..bar], receipt[(bar + 1)..]) : throw new ArgumentException($"{receipt} is not a receipt of this queue.", nameof(receipt));
    }

    private static async Task IgnoreStaleAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RequestFailedException e) when (e.ErrorCode is "MessageNotFound" or "PopReceiptMismatch" || e.Status == 404)
        {
            // Somebody else has it by now, or it is done.
        }
    }

    private async ValueTask CallAsync(Func<Task> call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            await call();
        }
        catch (Exception e) when (AzureCalls.IsOutage(e, cancel))
        {
            throw AzureCalls.Outage($"Queue {queue.Name}", e);
        }
    }
}

internal sealed record WakeUpMessage(string? Kind, string? Partition, DateTimeOffset Due);

[JsonSerializable(typeof(WakeUpMessage))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class WakeUpJson : JsonSerializerContext;
