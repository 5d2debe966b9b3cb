using System.Collections.Concurrent;
using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Inquiries;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>What holds whatever anybody does with an uncertain delegation, in whatever order, on fresh and on old cards.</summary>
public class InquiryProperties
{
    private const int Walks = 3000;

    private static readonly (int Weight, string Name)[] Weights =
    [
        (8, "Accept"), (1, "Decline"), (1, "Revoke"), (16, "AddOption"), (8, "ReworkOption"), (4, "RemoveOption"), (4, "Report"), (16, "Propose"), (16, "Comment"), (6, "AskForMore"),
        (1, "Close"), (3, "GoOnWithout"), (8, "Choose"), (3, "Complete"), (3, "HandIn"), (3, "AcceptResult"), (2, "Return"), (3, "Request"), (3, "Approve"), (3, "Spend"), (3, "Commit"), (1, "Expire"),
    ];

    private static readonly Gen<RandomInquiryAct> Acts = Gen.Select(
        Gen.Frequency([.. Weights.Select(weight => (weight.Weight, Gen.Const(weight.Name)))]), Gen.Int[0, 19], Gen.Int[0, 19], Gen.Int[0, 9], Gen.Int[0, 9],
        (name, who, version, pick, text) => new RandomInquiryAct(name, who, version, pick, text));

    [Fact]
    public void Whatever_is_done_in_whatever_order_nothing_commits_or_completes_before_a_choice()
    {
        var seen = new ConcurrentDictionary<string, int>();
        Acts.Array[10, 70].Sample(
            acts =>
            {
                var now = Offered();
                foreach (var random in acts)
                {
                    var act = random.Against(now);
                    var outcome = act(now);
                    now = Check(now, random.Name, outcome, act);
                    seen.AddOrUpdate($"{random.Name} {outcome.GetType().Name}", 1, (_, count) => count + 1);
                }
            },
            iter: Walks);

        Assert.All(Weights, weight => Assert.True(weight.Name is "Commit" or "Complete" or "HandIn" or "AcceptResult" or "Return" || seen.GetValueOrDefault($"{weight.Name} Changed") > 20, $"{weight.Name} hardly ever succeeded"));
    }

    private static Delegation Check(Delegation before, string name, Outcome outcome, Func<Delegation, Outcome> act)
    {
        var (after, entry) = outcome switch
        {
            Outcome.Changed changed => (changed.State, changed.Entry),
            Outcome.Refused { State: { } state } refused => (state, refused.Entry),
            _ => (before, null),
        };
        var (was, now) = (InquiryRules.Of(before), InquiryRules.Of(after));
        True(entry is null == ReferenceEquals(before, after), "an entry without a change, or a change without an entry");
        True(entry is null || (after.Revision == before.Revision + 1 && entry.Number == after.Revision), "not exactly one entry");
        True(entry is null || entry.Clause is not null || name is "Decline", $"{name} names no clause");
        True(before.IsOpen || ReferenceEquals(before, after), $"{name} changed what was closed");
        True(act(after) is not Outcome.Changed || name == "Spend", $"{name} changed twice");

        // Before the choice.
        if (after.Terms.Type == AuthorizationType.Uncertain)
        {
            True(after.Completions.Count == 0 && after.Result is null && after.Dealings.Commitments.Count == 0 && after.Terms.Steps.Count == 0, $"{name} completed or committed before a choice");
            True(after.State != DelegationState.Done || name == "Close" || !before.IsOpen, "done without a choice or a closing");
            True(after.State != DelegationState.HandedIn || (now.WasProposed && now.Options.Count > 0), "nothing was proposed");
            True(name != "Propose" || outcome is not Outcome.Changed || InquiryRules.Missing(before).Count == 0, "proposed though somebody was not heard");
            True(after.Dealings.Spent <= 500, "more was spent than the exploration budget");
        }
        // The choice.
        if (before.Terms.Version != after.Terms.Version)
        {
            True(name is "Choose" or "Approve" && after.Terms.Version == before.Terms.Version + 1 && after.State == DelegationState.Offered && after.BackBrief is null, "new terms that need no acceptance");
            True(name == "Approve" || (before.State == DelegationState.HandedIn && was.Chosen is null && now.Chosen is not null && now.Find(now.Chosen) is not null), "a choice of nothing, or a second one");
        }
        True(name != "Choose" || outcome is not Outcome.Changed || after.Terms.Type != AuthorizationType.Uncertain, "chosen and still uncertain");
        True(was.Chosen is null || was.Chosen == now.Chosen, "another option was chosen later");
        True(before.Terms.Type == after.Terms.Type || name == "Choose", $"{name} changed the type");

        // What was said, and who was asked.
        True(now.Comments.Take(was.Comments.Count).SequenceEqual(was.Comments), "a comment was lost or changed");
        True(now.Comments.Count <= DelegationLimits.Comments && now.Options.Count <= DelegationLimits.Options, "more than fit");
        True(now.Options.Select(option => option.Id).Distinct().Count() == now.Options.Count && now.Added >= was.Added, "a number was given twice");
        True(before.Everybody().Select(one => one.Person).All(person => after.RoleOf(person.ObjectId) is not null), "somebody who had a card has no part in it any more");
        RoundTrip(after);
        return after;
    }

    private static void RoundTrip(Delegation delegation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(delegation, DelegationJson.Default.Delegation);
        True(json.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(json, DelegationJson.Default.Delegation)!, DelegationJson.Default.Delegation)), "the row changed on its way");
    }

    private static void True(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}

/// <summary>An act whose person, card and option are chosen relative to what it meets.</summary>
internal sealed record RandomInquiryAct(string Name, int Who, int Version, int Pick, int Text)
{
    public Func<Delegation, Outcome> Against(Delegation now)
    {
        var mine = Name switch
        {
            "Revoke" or "AskForMore" or "Close" or "GoOnWithout" or "Choose" or "AcceptResult" or "Return" or "Approve" => Ann,
            "Comment" => Pick % 2 == 0 ? Carol : Dan,
            _ => Bob,
        };
        var who = Who switch { < 16 => mine, 16 => Ann, 17 => Bob, 18 => Carol, _ => Eve };
        // A clock that only goes on, and mostly stays in the time box.
        var at = Samples.Now.AddMinutes(now.Revision * (Text == 9 ? 300 : 20));
        var by = new Act(who, Version switch { < 18 => now.Terms.Version, 18 => now.Terms.Version - 1, _ => now.Terms.Version + 1 }, at, Version == 17 ? now.Round - 1 : now.Round);
        var options = InquiryRules.Of(now).Options;
        var option = Pick switch { 8 => "O9", 9 => null, _ => options.Count == 0 ? "O1" : options[Pick % options.Count].Id };
        string? words = Text switch { 7 => null, 8 => Long(1001), 9 => "words 🎉", _ => $"Words {Text}" };
        var written = Garden with { Title = $"Option {Text}", Risk = words ?? "", Cost = Pick % 3 == 0 ? new Money(Pick * 100, Pick == 9 ? "USD" : "EUR") : null };
        Terms terms = (Pick % 3) switch { 0 => Deterministic, 1 => Flexible, _ => Text == 6 ? Uncertain : Deterministic with { Due = new(at.AddDays(Text - 1), "UTC") } };
        DeclaredAct declared = Name == "Commit" ? new DeclaredAct.Commit("The owner", "We come") : new DeclaredAct.Spend(new Money(Text * 40 + 1, "EUR"), "a visit");
        var change = Pick % 2 == 0 ? new TermsChange(ChangeKind.MoveDeadline, Due: new Due(at.AddDays(Pick + 5), "UTC")) : new TermsChange(ChangeKind.Add, 0, Text: "A step");
        return Name switch
        {
            "Accept" => d => OfferRules.Accept(d, by, words),
            "Decline" => d => OfferRules.Decline(d, by, words),
            "Revoke" => d => OfferRules.Revoke(d, by, words),
            "AddOption" => d => InquiryRules.AddOption(d, by, written),
            "ReworkOption" => d => InquiryRules.ReworkOption(d, by, option, written),
            "RemoveOption" => d => InquiryRules.RemoveOption(d, by, option),
            "Report" => d => InquiryRules.Report(d, by, words),
            "Propose" => d => InquiryRules.Propose(d, by),
            "Comment" => d => InquiryRules.Comment(d, by, Pick < 5 ? null : option, words),
            "AskForMore" => d => ChoiceRules.AskForMore(d, by, words),
            "Close" => d => ChoiceRules.Close(d, by, words),
            "GoOnWithout" => d => ChoiceRules.GoOnWithout(d, by, Pick % 2 == 0 ? Carol : Dan),
            "Choose" => d => ChoiceRules.Choose(d, Alone, by, $"draft-{Pick}", option, terms),
            "Complete" => d => StepRules.Complete(d, by, Text - 1, words),
            "HandIn" => d => StepRules.HandIn(d, by, words),
            "AcceptResult" => d => StepRules.AcceptResult(d, by),
            "Return" => d => StepRules.Return(d, by, words, null),
            "Request" => d => ChangeRules.Request(d, Inquiries.Alone, by, change, words),
            "Approve" => d => ChangeRules.Approve(d, Inquiries.Alone, by, now.Request?.Id, null),
            "Spend" or "Commit" => d => DeclareRules.Declare(d, Alone, by, $"card-{now.Revision}", declared, words),
            "Expire" => d => OfferRules.Expire(d, at.AddDays(Pick == 0 ? 60 : 0)),
            _ => throw new InvalidOperationException(Name),
        };
    }
}
