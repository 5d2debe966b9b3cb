using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>Minutes as files, for those who take part.</summary>
internal sealed class MinutesFile(MeetingStore meetings, MinutesStore store, LastMinutes last, PeopleDirectory directory, OfficeOptions office)
{
    private const string WordKind = "minutes-word";
    private const string MarkdownKind = "minutes-markdown";

    public FileKind Word => new(WordKind, (file, now, cancel) => OpenAsync(file, now, "docx", WordFile.ContentType, WordFile.Write, cancel));

    public FileKind Markdown => new(MarkdownKind, (file, now, cancel) => OpenAsync(file, now, "md", MarkdownFile.ContentType, MarkdownFile.Write, cancel));

    /// <param name="tenant">Of the person.</param>
    /// <param name="objectId">Who asks for it.</param>
    /// <param name="id">Of the meeting.</param>
    /// <param name="version">Which final version; 0: as they are.</param>
    public static (FileRequest ForWord, FileRequest ForMarkdown) Requests(string tenant, string objectId, string id, int version)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"{id}|{version}");
        return (new FileRequest(tenant, objectId, WordKind, about), new FileRequest(tenant, objectId, MarkdownKind, about));
    }

    /// <summary>What the person may read now: whoever was taken out of the meeting since gets nothing.</summary>
    private async ValueTask<ServedFile?> OpenAsync(FileRequest file, DateTimeOffset now, string ending, string contentType, Func<Document, byte[]> write, CancellationToken cancel)
    {
        if (file.About.Split('|') is not [var id, var number]
            || await meetings.FindAsync(file.Tenant, id, cancel) is not { } meeting || !meeting.IsInside(file.ObjectId)
            || await store.FindAsync(file.Tenant, id, cancel) is not { } minutes
            || await ReadAsync(minutes, file.ObjectId, int.Parse(number, CultureInfo.InvariantCulture), cancel) is not { } content)
        {
            return null;
        }
        var before = content.State == MinutesState.Final ? await store.VersionAsync(minutes, content.Versions - 1, cancel) : null;
        var zone = (await directory.FindAsync(file.Tenant, file.ObjectId, cancel))?.Zone ?? office.Zone;
        var document = MinutesDocument.Of(await last.LinkedAsync(content, cancel), before is null ? [] : CirculationRules.Differences(before.Content, content), zone, now);
        return ServedFile.Whole(contentType, $"minutes-{id}.{ending}", write(document));
    }

    private async ValueTask<Minutes?> ReadAsync(Minutes minutes, string reader, int version, CancellationToken cancel) =>
        version > 0 ? (await store.VersionAsync(minutes, version, cancel))?.Content : await last.ReadableAsync(minutes, reader, cancel);
}
