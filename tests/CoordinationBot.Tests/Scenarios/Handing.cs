using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann hands work to Bob, up to where a scenario begins; and what is stored of it.</summary>
internal static partial class Handing
{
    public const string ThreeSteps = "collect figures; fill template; send to finance (a link)";
    public const string Title = "Prepare the budget table";

    public static string Sentence(string steps = ThreeSteps, string title = Title, string to = "Bob") => $"delegate \"{title}\" to {to} by fri 5pm, exactly: {steps}";

    /// <summary>An office with Ann and Bob in it, and work offered to Bob.</summary>
    public static async Task<string> OffersAsync(this TestOffice office, string steps = ThreeSteps, string title = Title)
    {
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", Sentence(steps, title));
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        var sent = await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.QuietAsync();
        return IdIn(sent.Words);
    }

    public static async Task<string> AcceptedAsync(this TestOffice office, string steps = ThreeSteps, string title = Title)
    {
        var id = await office.OffersAsync(steps, title);
        await office.ClicksAsync("bob", "Accept", ("brief", "I collect, fill and send it."));
        await office.SeesAsync("ann", "Bob Berg accepted.");
        await office.QuietAsync();
        return id;
    }

    /// <summary>All steps done, the result with Ann.</summary>
    public static async Task<string> HandedInAsync(this TestOffice office)
    {
        var id = await office.AcceptedAsync("collect figures; fill template");
        await office.ClicksAsync("bob", "Complete step 1");
        await office.ClicksAsync("bob", "Complete step 2");
        await office.ClicksAsync("bob", "Hand in", ("result", "All figures are in."));
        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        await office.QuietAsync();
        return id;
    }

    /// <summary>Bob chooses what should change, fills it in and sends it.</summary>
    public static async Task<Pressed> RequestsAsync(this TestOffice office, string kind, string because, params (string Input, string Value)[] inputs)
    {
        await office.ClicksAsync("bob", "Go on", ("change", kind));
        return await office.ClicksAsync("bob", "Send the request", [("because", because), .. inputs]);
    }

    public static async Task<CoordinationBot.Delegations.Delegation> StoredAsync(this TestOffice office, string id) =>
        (await office.Services.GetRequiredService<DelegationStore>().FindAsync(TestOffice.Tenant, id, CancellationToken.None))!;

    /// <summary>What was done, oldest first.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(this TestOffice office, string id)
    {
        var delegation = await office.StoredAsync(id);
        return [.. (await office.Services.GetRequiredService<DelegationStore>().HistoryAsync(delegation, delegation.Revision + 1, 1000, CancellationToken.None)).Reverse()];
    }

    /// <summary>
    /// Waits until everybody has been told everything. Without it a card that is renewed in place could take the place of the one that a
    /// scenario is filling in. When a host was ended in between, time must pass before another one looks.
    /// </summary>
    public static async Task QuietAsync(this TestOffice office)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var rest = new Rest(office); await IsBusyAsync(office); rest.Begin())
        {
            while (!rest.IsLong)
            {
                await rest.LookAsync();
            }
            if (await IsBusyAsync(office))
            {
                office.Clock.Advance(TimeSpan.FromSeconds(20));
            }
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "Somebody was not told of something.");
        }
    }

    /// <summary>Waits for what needs time to pass.</summary>
    public static async Task<ShownMessage> SeesInTimeAsync(this TestOffice office, string who, string words)
    {
        ShownMessage? Seen() => office.Shown(who).LastOrDefault(message => message.Words.Contains(words, StringComparison.Ordinal));
        for (var second = 0; second < 60 && Seen() is null; second++)
        {
            await office.PassAsync(TimeSpan.FromSeconds(1));
        }
        return await office.UntilAsync(Seen, () => $"'{words}'", who);
    }

    public static string IdIn(string words) => Ids().Match(words) is { Success: true } match ? match.Value : throw new ArgumentException($"There is no id in: {words}");

    /// <summary>A card as it was, after it has been replaced.</summary>
    public static ShownMessage Copy(this ShownMessage message) => new(message.Id) { Card = message.Card!.DeepClone().AsObject() };

    public static bool HasButton(this JsonNode card, string title) => CardReading.Buttons(card).Any(button => button.Title == title);

    private static async Task<bool> IsBusyAsync(TestOffice office)
    {
        var tables = office.Services.GetRequiredService<ITables>();
        foreach (var partition in office.Store.Delegations)
        {
            var rows = await tables.QueryAsync(partition, "outbox|", 100, null, CancellationToken.None);
            if (rows.Any(row => row.Read(NoticeJson.Default.Notice).State is NoticeState.Waiting or NoticeState.Sending))
            {
                return true;
            }
        }
        return false;
    }

    [GeneratedRegex("D-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Ids();
}
