using System.Text.RegularExpressions;
using CoordinationBot.Authority;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Rights;

/// <summary>
/// Two offices, in one of which Ann and Bob have something confidential, are the same to everybody else: in whatever they type, in numbers and lists, before they send work to Bob, in
/// what comes to them by itself, and in files.
/// </summary>
public sealed partial class OutsiderTests
{
    private static readonly string[] Outsiders = ["eve", "lea", "fay", "otto"];

    [Fact]
    public async Task Nothing_that_outsiders_see_depends_on_what_is_confidential()
    {
        var (with, without) = (await SeenAsync(isThere: true), await SeenAsync(isThere: false));
        Assert.Contains("before it is sent: Send to Bob Berg", with);
        Assert.Contains("lea: 1. Thu 26 Nov 2026, 09:00 to 09:30 (Europe/Berlin)", with);
        var differences = with.Except(without).Select(line => $"Only with it: {line}").Concat(without.Except(with).Select(line => $"Only without it: {line}")).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(without, with);
    }

    /// <summary>Every line that every outsider ever saw. Some answers come later than others, so their order says nothing.</summary>
    private static async Task<List<string>> SeenAsync(bool isThere)
    {
        await using var office = new TestOffice(administrators: "00000000-0000-0000-0000-000000000004");
        foreach (var (key, name) in (ReadOnlySpan<(string, string)>)[("fay", "Fay Falk"), ("lea", "Lea Lund"), ("otto", "Otto Orr")])
        {
            office.Add(key, name);
        }
        await office.InstallAsync(["ann", "bob", .. Outsiders]);
        var begin = office.Clock.GetUtcNow();
        await office.GivesAsync(Granting.Narrow, "The stage", "lea");
        await office.ConvenesAsync(begin.AddHours(30), "The week", ["bob", "eve"]);
        if (isThere)
        {
            await office.GivesAsync(Granting.Free with { IsConfidential = true, Budget = new Money(500, "EUR") }, "The secret");
            await office.ConvenesAsync(begin.AddHours(28), "The secret", ["bob"], meeting => meeting with { IsConfidential = true, Objective = "The secret" });
            Assert.Contains("The secret", (await office.SaysAsync("bob", "my tasks")).Words, StringComparison.Ordinal);
            Assert.Contains("The secret", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
        }
        await office.PassesUntilAsync(begin.AddHours(1));

        foreach (var person in Outsiders)
        {
            // What administrators are told of the host is how much it does at that moment.
            foreach (var command in office.Services.GetRequiredService<RouteTable>().Commands.Where(command => command.Takes != CommandArgument.Id && command.Words != "about"))
            {
                await office.SaysAsync(person, command.Words);
            }
            foreach (var text in (string[])["secret", "the secret", "what does Bob do", "history D-SECRET", "agenda M-SECRET", "find the secret", "meetings with Bob", "who is free", "cancel"])
            {
                await office.SaysAsync(person, text);
            }
        }
        // What is shown before work is sent to Bob, and when it is, and which times are offered on a day on which he has nothing confidential.
        await office.SaysAsync("lea", "delegate \"Paint the hall\" to Bob by fri 5pm, exactly: paint; clean");
        var review = await office.ClicksAsync("lea", "Continue", ("type", "Deterministic"));
        await office.ClicksAsync("lea", "Send to Bob Berg");
        await office.SaysAsync("lea", "meet Bob 30 min on Thursday about paint");
        await office.ClicksAsync("lea", "Find times");
        await office.PassesAsync(4);
        await office.RestsAsync();
        return
        [
            .. Outsiders.SelectMany(person => office.Shown(person).SelectMany(message => Masked(message.Words).Split('\n')).Select(line => $"{person}: {line}")).Order(StringComparer.Ordinal),
            .. Masked(review.Words).Split('\n').Select(line => $"before it is sent: {line}"),
        ];
    }

    private static string Masked(string words) => Random().Replace(words, "…");

    /// <summary>What is drawn by chance, or follows from the turn: of what was drafted here, also the id.</summary>
    [GeneratedRegex("[A-Za-z0-9_+/=-]{20,}|[DMFS]-[0-9A-Z]{6}")]
    private static partial Regex Random();
}
