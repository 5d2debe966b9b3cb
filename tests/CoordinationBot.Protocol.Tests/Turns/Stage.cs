using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Protocol.Tests.Turns;

/// <summary>A runner with a channel that writes down what it gets.</summary>
internal sealed class Stage
{
    public const string Bot = "28:bot";
    public const string Tenant = "tenant-1";
    public const string Chat = "a:ann";
    public const string Group = "19:group@thread.v2";
    private int _ids;

    public RouteTable Routes { get; } = new();

    public TurnOptions Options { get; } = new();

    public TimeProvider Clock { get; init; } = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public Channel Sent { get; } = new();

    public LogBook Log { get; } = new();

    public PersonalChatFinder? PersonalChats { get; set; }

    public TurnRunner Runner => field ??= new TurnRunner(Routes, new ConnectorClient(new HttpClient(Sent)), Microsoft.Extensions.Options.Options.Create(Options), Clock, Log, PersonalChats);

    public Task<TurnResponse> Run(Activity activity) => Runner.RunAsync(activity, CancellationToken.None).AsTask();

    public Task<TurnResponse> Say(string text) => Run(Message(text));

    public Activity Message(string? text, string chat = Chat) => new()
    {
        Type = "message",
        Id = $"m{Interlocked.Increment(ref _ids)}",
        ServiceUrl = "http://channel/",
        ChannelId = "msteams",
        Text = text,
        From = new ChannelAccount { Id = "29:ann", AadObjectId = "ann", Name = "Ann Smith" },
        Recipient = new ChannelAccount { Id = Bot, Name = "Coordination" },
        Conversation = new ConversationAccount { Id = chat, ConversationType = chat == Chat ? "personal" : "groupChat", TenantId = Tenant },
    };

    public Activity Submit(string verb, string chat = Chat) => Message(null, chat) with { Value = Json($$"""{"verb":"{{verb}}","choice":"yes"}"""), ReplyToId = "card-1" };

    public Activity Invoke(string verb, string trigger = "manual", string chat = Chat) => Message(null, chat) with
    {
        Type = "invoke",
        Name = "adaptiveCard/action",
        ReplyToId = "card-1",
        Value = Json($$"""{"action":{"type":"Action.Execute","verb":"{{verb}}","data":{"id":"D-123456"} },"trigger":"{{trigger}}"}"""),
    };

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static TurnHandler Says(string text) => (_, _) => new(new TurnResult.Say(text));

    internal sealed record Request(HttpMethod Method, string Path, Activity? Activity);

    internal sealed class Channel : HttpMessageHandler
    {
        private int _ids;

        public ConcurrentQueue<Request> Requests { get; } = new();

        public IEnumerable<string?> Texts => Requests.Select(request => request.Activity?.Text);

        public Func<Request, Task<HttpResponseMessage?>> Answer { get; set; } = _ => Task.FromResult<HttpResponseMessage?>(null);

        public static HttpResponseMessage Error(HttpStatusCode status, string code) =>
            new(status) { Content = new StringContent($$"""{"error":{"code":"{{code}}","message":"x"} }""", Encoding.UTF8, "application/json") };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var seen = new Request(request.Method, request.RequestUri!.AbsolutePath, body is null ? null : JsonSerializer.Deserialize(body, ProtocolJson.Wire.Activity));
            Requests.Enqueue(seen);
            return await Answer(seen).WaitAsync(cancellationToken)
                ?? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"id":"sent-{{Interlocked.Increment(ref _ids)}}"}""") };
        }
    }

    internal sealed class LogBook : ILogger<TurnRunner>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception?.GetType().Name}");
    }
}
