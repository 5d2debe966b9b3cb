using CoordinationBot.Authority;
using CoordinationBot.Feedbacks;
using CsCheck;

namespace CoordinationBot.Tests.Feedbacks;

public sealed class FeedbackProperties
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly Party[] People = [new("ann", "Ann Abel"), new("bob", "Bob Berg"), new("eve", "Eve Ek")];

    private static readonly Gen<Party> Who = Gen.Int[0, 2].Select(number => People[number]);

    private static readonly Gen<string?> Principal = Gen.Int[0, 5].Select(number => number < 3 ? People[number].ObjectId : null);

    private static readonly Gen<string?> Words = Gen.Int[0, 5].Select(number => number switch { 0 => null, 1 => " ", 2 => new string('x', 1_001), _ => $"words {number}" });

    private static readonly Gen<(string Name, Func<Feedback, FeedbackOutcome> Rule)> Act = Gen.OneOf(
        Actor(actor => ("take", known => FeedbackRules.Take(known, actor))),
        Gen.Select(Who, Principal, Who).Select((who, standsInFor, to) => ("hand on", (Func<Feedback, FeedbackOutcome>)(known => FeedbackRules.HandOn(known, new FeedbackActor(who, standsInFor, Today), to)))),
        Gen.Select(Who, Principal, Words).Select((who, standsInFor, words) => ("answer", (Func<Feedback, FeedbackOutcome>)(known => FeedbackRules.Answer(known, new FeedbackActor(who, standsInFor, Today), words)))),
        Gen.Select(Who, Principal, Gen.Enum<FeedbackState>(), Words).Select((who, standsInFor, state, words) => ("move", (Func<Feedback, FeedbackOutcome>)(known => FeedbackRules.Move(known, new FeedbackActor(who, standsInFor, Today), state, words)))),
        Gen.Select(Who, Who).Select((from, to) => ("pass on", (Func<Feedback, FeedbackOutcome>)(known => FeedbackRules.PassOn(known, from, to)))),
        Actor(actor => ("agenda", known => FeedbackRules.PutOnAgenda(known, actor, "M-AAAAAA"))),
        Who.Select(who => ("link", (Func<Feedback, FeedbackOutcome>)(known => FeedbackRules.Link(known, who, "D-AAAAAA")))),
        Gen.Select(Who, Principal, Gen.Int[1, 5], Words).Select((who, standsInFor, id, words) => ("ask", (Func<Feedback, FeedbackOutcome>)(known => TalkRules.Ask(known, new FeedbackActor(who, standsInFor, Today), $"m{id}", words)))),
        Gen.Select(Gen.Int[1, 5], Words).Select((id, words) => ("reply", (Func<Feedback, FeedbackOutcome>)(known => TalkRules.Reply(known, known.Author, $"r{id}", words, Today)))),
        Who.Select(who => ("end", (Func<Feedback, FeedbackOutcome>)(known => TalkRules.End(known, who)))),
        Actor(actor => ("go", known => MergeRules.Go(known, actor, "F-000000"))),
        Gen.Int[1, 9].Select(revision => ("hear", (Func<Feedback, FeedbackOutcome>)(known => MergeRules.Hear(known, new Echo(revision, "news"))))));

    private static Gen<(string, Func<Feedback, FeedbackOutcome>)> Actor(Func<FeedbackActor, (string, Func<Feedback, FeedbackOutcome>)> rule) =>
        Gen.Select(Who, Principal).Select((who, standsInFor) => rule(new FeedbackActor(who, standsInFor, Today)));

    private static Feedback New(bool isAnonymous, bool isConfidential) => new()
    {
        Id = "F-AAAAAA",
        Tenant = "tenant",
        Origin = "origin",
        Author = isAnonymous ? null : People[1],
        Kind = FeedbackKind.Problem,
        Subject = new Subject(SubjectKind.Delegation, "x", "D-BBBBBB") { IsConfidential = isConfidential },
        Text = "the printer",
        Owner = People[0],
        State = FeedbackState.New,
        Day = Today,
        Revision = 1,
    };

    [Fact]
    public void Whatever_happens_to_it_feedback_stays_whole() => Gen.Select(Gen.Bool, Gen.Bool, Act.Array[0, 60]).Sample(
        (isAnonymous, isConfidential, acts) =>
        {
            var state = New(isAnonymous, isConfidential);
            foreach (var (name, rule) in acts)
            {
                var outcome = rule(state);
                var after = outcome.State;
                if (outcome is FeedbackOutcome.Unchanged)
                {
                    Assert.Equal(state, after);
                    continue;
                }
                var changed = (FeedbackOutcome.Changed)outcome;
                // What was said, by whom, and when, never changes.
                Assert.Equal((state.Text, state.Author, state.Origin, state.Day, state.Kind, state.Subject), (after.Text, after.Author, after.Origin, after.Day, after.Kind, after.Subject));
                Assert.Equal(state.Revision + 1, after.Revision);
                // Nothing becomes new again, and not now has its reason, which nothing else has.
                Assert.True(after.State != FeedbackState.New || state.State == FeedbackState.New);
                Assert.Equal(after.State == FeedbackState.NotNow, after.Reason is not null);
                // Of an author whom nobody knows nobody is told but the owner's side.
                Assert.All(changed.Tells, tell => Assert.True(tell.ObjectId == after.Owner.ObjectId || (!isAnonymous && tell.ObjectId == after.Author!.ObjectId)));
                // Nobody hears of their own act.
                Assert.DoesNotContain(changed.Tells, tell => tell.ObjectId == changed.Who?.ObjectId);
                // What its author waits for, they hear.
                if (!isAnonymous && (after.State != state.State || after.Answer != state.Answer || after.Owner != state.Owner) && changed.Who?.ObjectId != after.Author!.ObjectId)
                {
                    Assert.Contains(changed.Tells, tell => tell.ObjectId == after.Author!.ObjectId);
                }
                // What went into another stays as it went, but for the talk and what it hears.
                if (state.MergedInto is not null)
                {
                    Assert.Contains(name, (string[])["ask", "reply", "end", "hear"]);
                }
                Assert.True(!isConfidential || after.Owner == state.Owner || name is "hand on");
                Assert.True(after.Talk.Count >= state.Talk.Count && after.Talk.Take(state.Talk.Count).SequenceEqual(state.Talk));
                Assert.True(!state.TalkEnded || after.Talk.Count == state.Talk.Count);
                state = after;
            }
        },
        iter: 5_000);

    [Fact]
    public void Every_act_done_twice_is_done_once() => Gen.Select(Gen.Bool, Act.Array[0, 20], Act).Sample(
        (isAnonymous, acts, last) =>
        {
            var state = acts.Aggregate(New(isAnonymous, false), (known, act) => act.Rule(known).State);
            var once = last.Rule(state).State;
            var twice = last.Rule(once);
            Assert.IsType<FeedbackOutcome.Unchanged>(twice);
            Assert.Equal(once, twice.State);
        },
        iter: 5_000);

    /// <summary>Merges of many people at once: each half of a merge lands whenever it lands.</summary>
    [Fact]
    public void However_merges_cross_they_make_no_circle_and_lose_nobody() => Gen.Select(Gen.Int[2, 8], Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7]).Array[0, 30], Gen.Int.Array[60]).Sample(
        (count, pairs, order) =>
        {
            var actor = new FeedbackActor(People[0], null, Today);
            var all = Enumerable.Range(0, count).Select(number => New(true, false) with { Id = $"F-{number:D6}", Day = Today.AddDays(number * 7 % 3) }).ToDictionary(known => known.Id);
            List<Action> waiting = [];
            foreach (var (one, other) in pairs.Select(pair => ($"F-{pair.Item1 % count:D6}", $"F-{pair.Item2 % count:D6}")))
            {
                // As the handler does: it looks, decides, and then changes one after the other.
                var (x, y) = (Standing(all, one), Standing(all, other));
                if (MergeRules.Refuse(x, y, other, actor, actor) is not null)
                {
                    continue;
                }
                var (stays, goes) = MergeRules.Order(x, y);
                waiting.Add(() => all[goes.Id] = MergeRules.Go(all[goes.Id], actor, stays.Id).State);
                if (order[waiting.Count % order.Length] % 3 == 0 && waiting.Count > 0)
                {
                    var now = waiting[Math.Abs(order[waiting.Count % order.Length]) % waiting.Count];
                    waiting.Remove(now);
                    now();
                }
            }
            foreach (var act in waiting)
            {
                act();
            }
            foreach (var merged in all.Values.Where(known => known.MergedInto is not null).ToList())
            {
                // The wake-up of whatever went finishes it.
                all[merged.MergedInto!] = MergeRules.Receive(all[merged.MergedInto!], merged.Id).State;
            }
            foreach (var known in all.Values)
            {
                // From the one that stands every other is reached, so that its author hears.
                Assert.Contains(known.Id, Reached(all, Standing(all, known.Id).Id));
            }
        },
        iter: 5_000);

    private static Feedback Standing(Dictionary<string, Feedback> all, string id)
    {
        for (var steps = 0; all[id].MergedInto is { } into; steps++)
        {
            Assert.True(steps < all.Count, "The merges go in a circle.");
            id = into;
        }
        return all[id];
    }

    private static IEnumerable<string> Reached(Dictionary<string, Feedback> all, string id) => all[id].Duplicates.SelectMany(other => Reached(all, other)).Prepend(id);
}
