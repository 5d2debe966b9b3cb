using System.Net;
using System.Text;
using CoordinationBot.Delegations;
using CsvHelper;

namespace CoordinationBot.Tests.Scenarios;

public sealed class ExportScenarios
{
    [Fact]
    public async Task An_export_is_a_file_that_excel_reads_with_what_the_person_gave_and_nothing_else()
    {
        await using var office = new TestOffice();
        var first = await office.HandedInAsync();
        await GivesAsync(office, "ann", "bob", "=HYPERLINK(\"http://evil.example\")", "Ärger, \"neu\"");
        await GivesAsync(office, "bob", "eve", "Bobs own", "");
        await office.ClicksAsync("ann", "Accept as done");
        await office.QuietAsync();

        await office.SaysAsync("ann", "overview");
        await office.ClicksAsync("ann", "Export");
        var response = await DownloadAsync(office, "ann");
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=\"overview-2026-11-23.csv\"", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);

        var lines = Read(bytes);
        Assert.Equal(2, lines.Count);
        var gift = lines[0];
        Assert.Equal(("'=HYPERLINK(\"http://evil.example\")", "Ärger, \"neu\"", "offered", "2026-11-27T17:00:00+01:00", "Europe/Berlin", "5000", "EUR", "Bob Berg"),
            (gift["title"], gift["objective"], gift["state"], gift["due"], gift["zone"], gift["budget"], gift["currency"], gift["assigned to"]));
        Assert.Equal((first, "done"), (lines[1]["id"], lines[1]["state"]));
        Assert.DoesNotContain("Bobs own", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        Assert.Contains("In it: flexible", (await office.SaysAsync("ann", "export flexible")).Words);
        Assert.Single(Read(await (await DownloadAsync(office, "ann")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_link_ends_after_a_quarter_of_an_hour_and_with_the_next_one_and_cannot_be_made_up()
    {
        await using var office = new TestOffice();
        await office.OffersAsync();
        await office.SaysAsync("ann", "export");
        var old = Link(office, "ann");
        await office.SaysAsync("bob", "export");
        var bobs = Link(office, "bob");
        Assert.Empty(Read(await (await office.GetAsync(bobs)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        // Bob's secret does not open what is Ann's.
        var mixed = old[..(old.LastIndexOf('.') + 1)] + bobs[(bobs.LastIndexOf('.') + 1)..];
        foreach (var wrong in new[] { mixed, old + "x", old[..^1], "/exports/x", "/exports/a.b.c", $"/exports/{new string('a', 500)}", "/exports/fA.AAAA" })
        {
            var refused = await office.GetAsync(wrong);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.Contains("This link does not work any more.", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        await office.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync(old)).StatusCode);
        await office.SaysAsync("ann", "export");
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync(old)).StatusCode);
        var newest = Link(office, "ann");
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync(newest)).StatusCode);
        await office.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync(newest)).StatusCode);
    }

    [Fact]
    public async Task Ten_thousand_lines_come_page_by_page()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await OverviewScenarios.SeedAsync(office, "ann", Role.Leader, 10_000);
        await office.SaysAsync("ann", "export");
        var bytes = await (await DownloadAsync(office, "ann")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10_000, Read(bytes).Select(line => line["id"]).Distinct().Count());
        await office.SaysAsync("ann", "export late");
        bytes = await (await DownloadAsync(office, "ann")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4875, Read(bytes).Count(line => line["late"] == "yes"));
    }

    private static readonly string[] Columns = ["id", "title", "state", "late", "assigned to", "due", "zone", "budget", "currency", "objective"];

    private static List<Dictionary<string, string>> Read(byte[] bytes)
    {
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions());
        List<Dictionary<string, string>> lines = [];
        while (csv.Read())
        {
            lines.Add(Columns.ToDictionary(column => column, column => csv.GetString(column)));
        }
        return lines;
    }

    private static async Task<HttpResponseMessage> DownloadAsync(TestOffice office, string who)
    {
        var response = await office.GetAsync(Link(office, who));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private static string Link(TestOffice office, string who)
    {
        var card = office.Shown(who).Last(message => message.Card is { } card && card.HasButton("Download CSV")).Card!;
        return CardReading.Buttons(card).First(button => button.Title == "Download CSV").Action["url"]!.GetValue<string>();
    }

    private static async Task GivesAsync(TestOffice office, string from, string to, string title, string objective)
    {
        await office.InstalledAsync("eve");
        await office.SaysAsync(from, "delegate");
        await office.ClicksAsync(from, "Continue", ("title", title), ("assignee", office.Teams.People[to].ObjectId), ("type", "Flexible"), ("due.date", "2026-11-27"), ("due.time", "17:00"), ("objective", objective));
        await office.ClicksAsync(from, "Continue", ("outcome", "Everybody had a good time"), ("budget", "5,000 EUR"), ("involve", "Anyone"), ("outside", "false"), ("depth", "1"), ("must-not", ""), ("confidential", "false"));
        await office.ClicksAsync(from, $"Send to {office.Teams.People[to].Name}");
        await office.QuietAsync();
    }
}
