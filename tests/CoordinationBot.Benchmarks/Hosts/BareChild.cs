using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CoordinationBot.Benchmarks.Channel;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Benchmarks.Hosts;

/// <summary>
/// What a turn cannot do without: a minimal endpoint that parses the same JSON, does the same storage calls over the same seams and posts
/// the same bytes. No token check, no routing, no rules, no cards, no retries.
/// </summary>
internal static class BareChild
{
    public const string Name = "bare";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var help = Replay.Load(arguments[0]);
        var action = Replay.Load(arguments[1]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddStorage(builder.Configuration);
        var app = builder.Build();
        var calls = new Calls(
            app.Services.GetRequiredService<ITables>(),
            app.Services.GetRequiredService<WorkScheduler>(),
            new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = new Uri(Environment.GetEnvironmentVariable("BENCHMARK_CONNECTOR")!) });
        var woken = new ConcurrentDictionary<string, bool>();
        app.Services.GetRequiredService<WorkHandlers>().Add("delegation", async (wakeUp, cancel) =>
        {
            var id = wakeUp.Partition.Split('|')[2];
            await calls.RunAsync(woken.TryAdd(id, true) ? action.After : action.Later, action, id, cancel);
        });
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/api/messages", async (HttpContext context) =>
        {
            var activity = await context.Request.ReadFromJsonAsync(ProtocolJson.Wire.Activity);
            if (activity!.Type == ActivityTypes.Invoke)
            {
                var id = activity.Value!.Value.GetProperty("action").GetProperty("data").GetProperty("id").GetString()!;
                await calls.RunAsync(action.Turn, action, id, CancellationToken.None);
                context.Response.ContentType = "application/json; charset=utf-8";
                context.Response.ContentLength = action.Answer.Length;
                await context.Response.Body.WriteAsync(action.Answer);
            }
            else
            {
                await calls.RunAsync(help.Turn, help, "", CancellationToken.None);
            }
        });
        var background = new Background();
        background.Found(app.Services);
        Child.Answer(background.Answer);
        await app.RunAsync();
        return 0;
    }

    /// <summary>A recorded turn, ready to be done again for another delegation.</summary>
    internal sealed record Replay(IReadOnlyList<Prepared> Turn, IReadOnlyList<Prepared> After, IReadOnlyList<Prepared> Later, byte[] Answer, string Id)
    {
        public static Replay Load(string path)
        {
            var recorded = JsonSerializer.Deserialize<RecordedTurn>(File.ReadAllBytes(path))!;
            var partition = recorded.Turn.Select(call => call.Partition).FirstOrDefault(name => name.Contains("|D|", StringComparison.Ordinal));
            return new(
                [.. recorded.Turn.Select(Prepare)],
                [.. recorded.After.Select(Prepare)],
                [.. recorded.Later.Select(Prepare)],
                Encoding.UTF8.GetBytes(recorded.Answer),
                partition?.Split('|')[2] ?? "\0");
        }

        private static Prepared Prepare(RecordedCall call) => new(
            call,
            call.Changes is null ? [] : [.. call.Changes.Select(change => Encoding.UTF8.GetBytes(change.Data))],
            call.Body is null ? null : Encoding.UTF8.GetBytes(call.Body));
    }

    internal sealed record Prepared(RecordedCall Call, IReadOnlyList<byte[]> Data, byte[]? Body);

    private sealed class Calls(ITables tables, WorkScheduler work, HttpClient http)
    {
        /// <summary>In seconds: what is due later than this is not of this turn.</summary>
        private const int Soon = 60;

        private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };
        private static readonly AuthenticationHeaderValue Token = new("Bearer", new string('x', 1234));

        public async Task RunAsync(IReadOnlyList<Prepared> calls, Replay replay, string id, CancellationToken cancel)
        {
            var versions = new Dictionary<string, string>(StringComparer.Ordinal);
            WakeUp? nudge = null;
            foreach (var (call, data, body) in calls)
            {
                var partition = For(call.Partition, replay, id);
                var key = For(call.Key, replay, id);
                switch (call.Kind)
                {
                    case "get":
                        if (await tables.GetAsync(partition, key, cancel) is { } row)
                        {
                            versions[key] = row.Version;
                        }
                        break;
                    case "query":
                        foreach (var found in await tables.QueryAsync(partition, key, call.Take, null, cancel))
                        {
                            versions[found.Key] = found.Version;
                        }
                        break;
                    case "commit":
                        var changes = new Change[data.Count];
                        for (var index = 0; index < changes.Length; index++)
                        {
                            var change = call.Changes![index];
                            var changed = For(change.Key, replay, id);
                            // A row that others write at the same moment has only one winner, and nothing here decides again.
                            changes[index] = change.Kind is "insert" or "replace" && $"{partition}{changed}".Contains(id, StringComparison.Ordinal) ? ChangeOf(change, changed, data[index], versions)
                                : change.Kind == "delete" ? new Change.Delete(changed, null)
                                : new Change.Upsert(changed, data[index]);
                        }
                        if (!(await tables.CommitAsync(partition, changes, cancel)).Committed)
                        {
                            throw new InvalidOperationException("A replayed commit conflicts.");
                        }
                        if (nudge is not null)
                        {
                            work.Nudge(nudge);
                        }
                        break;
                    case "enqueue":
                        var wakeUp = new WakeUp(key, partition);
                        if (call.Take > Soon)
                        {
                            await work.PrepareAsync(wakeUp, DateTimeOffset.UtcNow.AddSeconds(call.Take), cancel);
                            break;
                        }
                        nudge = wakeUp;
                        await work.PrepareAsync(nudge, cancel);
                        break;
                    case "send":
                        using (var request = new HttpRequestMessage(new HttpMethod(call.Key), partition) { Content = new ByteArrayContent(body!) })
                        {
                            request.Content.Headers.ContentType = Json;
                            request.Headers.Authorization = Token;
                            using var response = await http.SendAsync(request, cancel);
                            await response.Content.ReadAsByteArrayAsync(cancel);
                        }
                        break;
                    default:
                        throw new InvalidOperationException($"Nothing does {call.Kind}.");
                }
            }
        }

        private static Change ChangeOf(RecordedChange change, string key, byte[] data, Dictionary<string, string> versions) =>
            change.Kind == "insert" ? new Change.Insert(key, data) : new Change.Replace(key, data, versions[key]);

        // The same calls, about the delegation of this turn and its people.
        private static string For(string text, Replay replay, string id)
        {
            if (id.Length == 0)
            {
                return text;
            }
            var (recorded, number) = (Office.NumberOf(replay.Id), Office.NumberOf(id));
            return text.Replace(replay.Id, id, StringComparison.Ordinal)
                .Replace(Office.ObjectId(Office.AssigneeOf(recorded)), Office.ObjectId(Office.AssigneeOf(number)), StringComparison.Ordinal)
                .Replace(Office.ObjectId(Office.LeaderOf(recorded)), Office.ObjectId(Office.LeaderOf(number)), StringComparison.Ordinal);
        }
    }
}
