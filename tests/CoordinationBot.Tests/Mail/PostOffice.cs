using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace CoordinationBot.Tests.Mail;

/// <summary>A real mail server on loopback: SMTP that keeps what it is given and behaves as it is told, and IMAP with an inbox.</summary>
public sealed class PostOffice : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ReceivedMail> _mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    private Process _process = null!;

    public int SmtpPort { get; private set; }

    public int ImapPort { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var folder = await NpmFolder.InstallAsync("mail", ["servers.cjs", "calendars.cjs"], CancellationToken.None);
        _process = NpmFolder.Run("node", folder, ["servers.cjs"]);
        using var timeout = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException($"The mail server ended before it listened: {await _process.StandardError.ReadToEndAsync(timeout.Token)}");
        var ports = JsonDocument.Parse(line).RootElement;
        (SmtpPort, ImapPort) = (ports.GetProperty("smtp").GetInt32(), ports.GetProperty("imap").GetInt32());
        _ = ListenAsync();
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        NpmFolder.Kill(_process);
        return ValueTask.CompletedTask;
    }

    /// <summary>How it behaves from now on: refuses with a code at <c>sender</c>, <c>recipient</c> or <c>content</c>, waits for <c>delay</c> milliseconds, hangs up once it has a mail (<c>drop</c>).</summary>
    public Task BehaveAsync(object behaviour) => AskAsync("behave", behaviour);

    /// <summary>Puts a mail into the inbox.</summary>
    public Task DeliverAsync(string raw, bool seen = false) => AskAsync("deliver", new { raw = raw.ReplaceLineEndings("\r\n"), seen });

    /// <summary>Gives up the numbers of the inbox: what a client remembers of them is worth nothing.</summary>
    public Task RenumberAsync() => AskAsync("renumber", new { });

    /// <summary>Empties the inbox.</summary>
    public Task EmptyAsync() => AskAsync("empty", new { });

    /// <summary>Which mails of the inbox are marked as read.</summary>
    public async Task<IReadOnlyList<bool>> SeenAsync() => [.. (await AskAsync("inbox", new { })).GetProperty("seen").EnumerateArray().Select(seen => seen.GetBoolean())];

    /// <summary>The next mail that it was given.</summary>
    public async Task<ReceivedMail> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _mails.Reader.ReadAsync(timeout.Token);
    }

    /// <summary>Whether it was given no mail that nobody asked for yet. What it was given is here before it answers.</summary>
    public async Task<bool> HasNoneAsync()
    {
        await SeenAsync();
        return _mails.Reader.Count == 0;
    }

    private async Task<JsonElement> AskAsync(string command, object value)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { command, value }));
        await _process.StandardInput.FlushAsync();
        using var timeout = new CancellationTokenSource(Patience);
        return await _answers.Reader.ReadAsync(timeout.Token);
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var said = JsonDocument.Parse(line).RootElement;
            if (said.TryGetProperty("mail", out var mail))
            {
                await _mails.Writer.WriteAsync(mail.Deserialize<ReceivedMail>(JsonSerializerOptions.Web)!);
            }
            else
            {
                await _answers.Writer.WriteAsync(said.GetProperty("answer"));
            }
        }
    }
}

/// <summary>A mail as the server's own parser reads it.</summary>
public sealed record ReceivedMail(
    ReceivedEnvelope Envelope,
    string? User,
    bool Secure,
    IReadOnlyList<ReceivedMailbox> From,
    IReadOnlyList<ReceivedMailbox> To,
    IReadOnlyList<ReceivedMailbox> ReplyTo,
    string Subject,
    string MessageId,
    string? AutoSubmitted,
    IReadOnlyList<string> Headers,
    string Text,
    IReadOnlyList<ReceivedPart> Attachments,
    string Raw);

public sealed record ReceivedEnvelope(string From, IReadOnlyList<string> To);

public sealed record ReceivedMailbox(string Address, string Name);

public sealed record ReceivedPart(string Type, Dictionary<string, string> Parameters, string? Disposition, string? File, string Text);
