using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CoordinationBot.Protocol.Connector;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Calendars;

/// <summary>Microsoft Graph as far as free and busy times go. Plain HTTP: its client library cannot be restored from the package source.</summary>
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
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{endpoint}/v1.0/users/{Uri.EscapeDataString(anchor)}/calendar/getSchedule")
            {
                Content = JsonContent.Create(question, GraphJson.Default.GraphScheduleQuestion),
            };
            request.Headers.Add("Prefer", "outlook.timezone=\"UTC\"");
            if (await token.GetAsync(cancel) is { } authorization)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
            using var response = await SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync(response, cancel);
            }
            var isBusy = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            var pause = Pause(response.Headers.RetryAfter);
            if (!isBusy || attempt == Tries || pause > LongestPause)
            {
                throw new GraphException(response.StatusCode);
            }
            await Task.Delay(pause, clock, cancel);
        }
    }

    private async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, cancel);
        }
        catch (HttpRequestException)
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

    private TimeSpan Pause(RetryConditionHeaderValue? after)
    {
        var pause = after?.Delta ?? (after?.Date is { } date ? date - clock.GetUtcNow() : TimeSpan.FromSeconds(1));
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
