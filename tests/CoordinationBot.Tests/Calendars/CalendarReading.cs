using System.Text.Json;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Reads iCalendar objects with a reader that has nothing in common with whoever wrote them.</summary>
internal static class CalendarReading
{
    public static async Task<IReadOnlyList<ReadCalendar>> ReadAsync(IEnumerable<string> texts, int most = 0)
    {
        var folder = await NpmFolder.InstallAsync("mail", ["servers.cjs", "calendars.cjs"], CancellationToken.None);
        var (exit, output, errors) = await Command.RunAsync(folder, "node", ["calendars.cjs"], input => JsonSerializer.SerializeAsync(input, texts.Select(text => new { text, most })));
        Assert.True(exit == 0, errors);
        return JsonSerializer.Deserialize<IReadOnlyList<ReadCalendar>>(output, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What stands in an object, with instants in seconds since 1970.</summary>
internal sealed record ReadCalendar(string? Method, string? Product, string? Version, IReadOnlyList<string> Zones, IReadOnlyList<string> Parts, IReadOnlyList<ReadEvent> Events);

internal sealed record ReadEvent(
    IReadOnlyList<string> Properties,
    string Uid,
    int Sequence,
    long Stamp,
    long Start,
    long End,
    long? Occurrence,
    string Summary,
    string? Description,
    string? Location,
    string Status,
    string Class,
    string Transparency,
    ReadPerson Organiser,
    IReadOnlyList<ReadPerson> Attendees,
    string? Rule,
    IReadOnlyList<long> Occurrences);

internal sealed record ReadPerson(string Address, string? Name, string? Role, string? Participation, string? Rsvp, IReadOnlyList<string> Parameters);
