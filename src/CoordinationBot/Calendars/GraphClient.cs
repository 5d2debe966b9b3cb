using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure.Identity;
using CoordinationBot.Protocol.Connector;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Calendars;

/// <summary>Microsoft Graph. Plain HTTP: its client library cannot be restored from the package source.</summary>
/// <param name="http">Without redirects: the token goes nowhere else.</param>
/// <param name="endpoint">Without a slash at the end.</param>
/// <param name="token">Who asks.</param>
/// <param name="clock">The clock.</param>
internal sealed class GraphClient(HttpClient http, string endpoint, BotToken token, TimeProvider clock)
{
    /// <summary>As many people may be asked for at a time (Graph: getSchedule).</summary>
    public const int MostSchedules = 20;

    /// <summary>Over so many days at a time.</summary>
    public const int MostDays = 62;

    private const int Tries = 3;

    /// <summary>Whoever says to come back later than this is not waited for.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>The schedules of these addresses.</summary>
    /// <param name="anchor">Object id of somebody with a mailbox: the question is asked in their name.</param>
    /// <param name="addresses">At most <see cref="MostSchedules"/>.</param>
    /// <param name="window">At most <see cref="MostDays"/> long.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="GraphException">It did not answer the question.</exception>
    public async ValueTask<IReadOnlyList<GraphSchedule>> SchedulesAsync(string anchor, IReadOnlyList<string> addresses, Interval window, CancellationToken cancel)
    {
        var question = new GraphScheduleQuestion(addresses, Utc(window.Start), Utc(window.End), 60);
        for (var attempt = 1; ; attempt++)
        {
            using var request = Request(HttpMethod.Post, $"users/{Uri.EscapeDataString(anchor)}/calendar/getSchedule", JsonContent.Create(question, GraphJson.Default.GraphScheduleQuestion));
            request.Headers.Add("Prefer", "outlook.timezone=\"UTC\"");
            using var response = await SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync(response, cancel);
            }
            var isBusy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            var pause = RetryAfter(response) ?? TimeSpan.FromSeconds(1);
            if (!isBusy || attempt == Tries || pause > LongestPause)
            {
                throw new GraphException(response.StatusCode);
            }
            await Task.Delay(pause, clock, cancel);
        }
    }

    /// <param name="method">What is done.</param>
    /// <param name="path">Under the version.</param>
    /// <param name="content">What goes with it.</param>
    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) => new(method, $"{endpoint}/v1.0/{path}") { Content = content };

    /// <summary>Sends it once, as the bot.</summary>
    /// <exception cref="GraphException">Nothing came back, or the bot has no token to ask with.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            if (await token.GetAsync(cancel) is { } authorization)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
            return await http.SendAsync(request, cancel);
        }
        catch (Exception failure) when (failure is HttpRequestException or AuthenticationFailedException)
        {
            throw new GraphException(null);
        }
    }

    private static async ValueTask<IReadOnlyList<GraphSchedule>> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(GraphJson.Default.GraphScheduleAnswer, cancel))?.Value ?? throw new GraphException(response.StatusCode);
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            throw new GraphException(response.StatusCode);
        }
    }

    /// <summary>How long it says to wait; null: it says nothing of it.</summary>
    public TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var pause = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - clock.GetUtcNow() : null;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    private static GraphTime Utc(Instant at) => new(Time.Format(at.InUtc().LocalDateTime), "UTC");

    /// <summary>Null when it is none.</summary>
    public static Instant? Read(GraphTime? time) =>
        time is { DateTime: { } text } && DateTime.TryParse(text.TrimEnd('Z'), CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && IcalZones.Named(time.TimeZone is { Length: > 0 } zone ? zone : "UTC") is { } known
            ? LocalDateTime.FromDateTime(local).InZoneLeniently(known).ToInstant()
            : null;
}

/// <summary>Microsoft Graph did not answer a question.</summary>
/// <param name="status">What it said instead; null: nothing.</param>
internal sealed class GraphException(HttpStatusCode? status) : Exception
{
    public HttpStatusCode? Status { get; } = status;
}
