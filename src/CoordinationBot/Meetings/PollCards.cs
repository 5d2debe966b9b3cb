using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>The card of a poll, as each of its people sees it.</summary>
internal static class PollCards
{
    /// <summary>What is in sight of those who stand alike to a time; all of them are on the pages of <see cref="Answers"/>.</summary>
    private const int MostNames = 5;

    private const int LongestName = 40;
    private const int PageLength = 20;

    private static readonly Choice[] Votes = [.. Enum.GetValues<Vote>().OrderDescending().Select(vote => new Choice(Capital(Words(vote)), vote.ToString()))];

    /// <summary>While it is open: the times with what this person says to each, and how it stands.</summary>
    public static AdaptiveCard Open(MeetingView view)
    {
        var (meeting, poll) = (view.Meeting, view.Meeting.Poll!);
        var tally = PollTally.Of(meeting, poll);
        var ballot = poll.Ballots.FirstOrDefault(ballot => ballot.Key == view.Viewer);
        var own = ballot?.Votes;
        return MeetingCards.Card(view,
        [
            .. view.IsOrganiser ? [] : (CardElement[])[CardParts.Line("From", meeting.Organiser.Name)],
            .. meeting.Purpose is { } purpose ? (CardElement[])[CardParts.Line("What for", purpose)] : [],
            CardParts.Line("Takes", MeetingText.Length(meeting.Minutes)),
            .. meeting.State == MeetingState.Scheduled ? (CardElement[])[CardParts.Line("Until another time is decided", MeetingText.Span(meeting.Time!.Start, meeting.Minutes, view.Zone))] : [],
            CardParts.Line("Answer by", Zones.Read(poll.Deadline, view.Zone)),
            CardParts.Faint(Own(view, own)),
            .. tally.Times.SelectMany((time, index) => Time(view, tally, time, index, own)),
            Buttons(Button(view, "vote", own is null ? "Answer" : "Change my answer", (LastAnswer.Name, LastAnswer.Of(ballot?.At))) with { Style = "positive" }),
            CardParts.Faint($"Everybody sees the numbers; {meeting.Organiser.Name} sees who answered what. {Rule(meeting)}"),
            .. view.IsOrganiser ? Organising(view, poll, tally) : [],
        ]);
    }

    /// <summary>After it closed without a decision: how it ended, and to the organiser each time to take.</summary>
    public static IReadOnlyList<CardElement> Closed(MeetingView view)
    {
        var (meeting, poll) = (view.Meeting, view.Meeting.Poll!);
        var tally = PollTally.Of(meeting, poll);
        var verdict = ClosePoll.VerdictOf(tally, poll);
        return
        [
            CardParts.Heading("The poll is closed"),
            CardParts.Paragraph(Ending(view, verdict)),
            .. tally.Times.SelectMany((time, index) => (CardElement[])
            [
                new RichTextBlock { Separator = true, Inlines = [new TextRun(Zones.Read(time.Time.Start, view.Zone)) { Weight = "bolder" }] },
                CardParts.Faint(Counts(time.All)),
                .. view.IsOrganiser ? Against(tally, index, view.Now) : [],
                .. view.IsOrganiser && time.Time.Start > view.Now
                    ? (CardElement[])[Buttons(Button(view, "poll-take", time.IsOut ? "Take it all the same" : "Take this", (SlotCards.Start, SlotInputs.Write(time.Time.Start))))]
                    : [],
            ]),
        ];
    }

    /// <summary>Who answered what, page by page; for the organiser alone.</summary>
    public static AdaptiveCard Answers(MeetingView view)
    {
        var poll = view.Meeting.Poll!;
        var voters = PollTally.Of(view.Meeting, poll).Voters.OrderBy(voter => voter.IsRequired ? 0 : 1).ToList();
        var last = Math.Max(0, (voters.Count - 1) / PageLength);
        var shown = Math.Clamp(view.AnswersPage ?? 0, 0, last);
        return MeetingCards.Card(view,
        [
            .. poll.Times.Select((time, index) => CardParts.Line(Number(index), Zones.Read(time.Start, view.Zone))),
            .. voters.Skip(shown * PageLength).Take(PageLength).Select((voter, index) => new RichTextBlock
            {
                Separator = index == 0 ? true : null,
                Spacing = "small",
                Inlines =
                [
                    CardText.Run($"{CardParts.Shorten(voter.Name, LongestName)}{(voter.IsRequired ? "" : " (optional)")}: ") with { Weight = "bolder" },
                    new TextRun(voter.Votes is { } votes ? string.Join(", ", votes.Select((vote, number) => $"{Number(number)} {Words(vote)}")) : "not yet"),
                ],
            }),
            Buttons(
                [
                    .. shown < last ? (ExecuteAction[])[Page(view, shown + 1, "More")] : [],
                    .. shown > 0 ? (ExecuteAction[])[Page(view, shown - 1, "Earlier ones")] : [],
                    Button(view, "view", "Back"),
                ]),
        ]);
    }

    /// <summary>The organiser chooses what is asked, and until when.</summary>
    public static AdaptiveCard Ask(MeetingView view)
    {
        var (times, local) = (view.Asking!.Times, Instant.FromDateTimeOffset(view.Asking.Deadline).InZone(Zones.Find(view.Zone)));
        return MeetingCards.Card(view,
        [
            new ChoiceSetInput
            {
                Id = PollInputs.Chosen,
                Label = $"Which times do you ask about? ({PollRules.FewestTimes} to {PollRules.MostTimes})",
                IsMultiSelect = true,
                Style = "expanded",
                Wrap = true,
                Choices = [.. times.Select(start => new Choice(Zones.Read(start, view.Zone), SlotInputs.Write(start)))],
                Value = view.Chosen.Text(PollInputs.Chosen) ?? PollInputs.Write(times.Take(PollRules.MostTimes)),
            },
            CardParts.Moment(
                PollInputs.Date,
                PollInputs.Time,
                "Answers until",
                view.Zone,
                view.Chosen.Text(PollInputs.Date) ?? local.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                view.Chosen.Text(PollInputs.Time) ?? local.ToString("HH:mm", CultureInfo.InvariantCulture)),
            CardParts.Faint($"{Rule(view.Meeting)} At the deadline I close it, and take that time if everybody required has answered."),
            Buttons(Button(view, "poll", "Ask them", (PollInputs.Offered, PollInputs.Write(times))) with { Style = "positive" }, Button(view, "view", "Not now")),
        ]);
    }

    // ---- pieces

    private static IEnumerable<CardElement> Time(MeetingView view, PollTally tally, TimeTally time, int index, IReadOnlyList<Vote>? own) =>
    [
        new ChoiceSetInput
        {
            Id = PollInputs.Vote(index),
            Label = Zones.Read(time.Time.Start, view.Zone),
            Style = "compact",
            Placeholder = "Does it suit you?",
            Choices = Votes,
            Value = view.Chosen.Text(PollInputs.Vote(index)) ?? own?[index].ToString(),
        },
        CardParts.Faint(Counts(time.All)),
        .. view.IsOrganiser ? Named(tally, index) : [],
    ];

    private static IEnumerable<CardElement> Named(PollTally tally, int index) =>
        tally.Voters
            .Where(voter => voter.Votes is not null)
            .GroupBy(voter => voter.Votes![index])
            .OrderByDescending(group => group.Key)
            .Select(group => CardParts.Faint($"{Capital(Words(group.Key))}: {Names(group)}"));

    private static IEnumerable<CardElement> Organising(MeetingView view, Poll poll, PollTally tally)
    {
        var verdict = PollConsensus.Of(tally, isByOrganiser: true, view.Now);
        yield return CardParts.Line("As it stands", verdict switch
        {
            PollVerdict.Decided decided => $"{Zones.Read(decided.Time.Start, view.Zone)}. Closing takes it and invites everybody.",
            PollVerdict.Undecided => "nobody has answered.",
            PollVerdict.Impossible => "no time works for everybody required.",
            _ => throw new InvalidOperationException("A poll stands in a way that has no words."),
        });
        if (tally.Owed is { Count: > 0 } owed)
        {
            yield return CardParts.Line($"Not answered yet ({owed.Count})", Names(owed));
        }
        if (poll.RemindAt is { } due)
        {
            yield return CardParts.Faint($"I remind those who owe an answer {Zones.Read(due, view.Zone)}.");
        }
        yield return Buttons(
            [
                Button(view, "poll-close", "Close now"),
                .. tally.Owed.Count > 0 ? (ExecuteAction[])[Button(view, "poll-remind", "Remind")] : [],
                .. tally.Voters.Count > MostNames ? (ExecuteAction[])[Page(view, 0, "Who answered what")] : [],
            ]);
        foreach (var reason in (view.Meeting.Unreached?.Values ?? []).Take(MostNames))
        {
            yield return CardParts.Problem(reason);
        }
        yield return InvitationCards.Organising(view.Meeting);
    }

    /// <summary>Why a time was not taken.</summary>
    private static IEnumerable<CardElement> Against(PollTally tally, int index, DateTimeOffset now)
    {
        var against = tally.Voters.Where(voter => voter is { IsRequired: true, Votes: { } votes } && votes[index] == Vote.No).ToList();
        if (against.Count > 0)
        {
            yield return CardParts.Line("Cannot", Names(against));
        }
        if (tally.Times[index].Time.Start <= now)
        {
            yield return CardParts.Faint("It has passed.");
        }
    }

    private static string Ending(MeetingView view, PollVerdict verdict) => verdict switch
    {
        PollVerdict.Undecided undecided when view.IsOrganiser => $"{Names(undecided.Missing)} did not answer, and I take nobody's silence for a yes. Please decide.",
        PollVerdict.Impossible when view.IsOrganiser => "None of the times suits everybody required. Take one all the same, or ask for other times.",
        _ => PollRules.Standing(view.Meeting),
    };

    private static string Own(MeetingView view, IReadOnlyList<Vote>? own) =>
        own is not null ? "You have answered. You can change it until the poll closes."
        : view.IsOrganiser ? "You owe no answer, since you proposed these. If you give one, it counts as one of a required person."
        : "You have not answered yet.";

    private static string Rule(Meeting meeting) =>
        $"A time that somebody required cannot make is out; then what most required people say yes to counts, then the optional ones, then the earliest.{(meeting.Invitees.Any(invitee => invitee.IsOutside) ? " Guests from outside are not asked here." : "")}";

    private static string Counts(VoteCount count) => $"{count.Yes} yes · {count.IfNeedBe} if need be · {count.No} no · {count.Owed} not yet";

    private static string Names(IEnumerable<PollVoter> voters)
    {
        var all = voters.OrderBy(voter => voter.IsRequired ? 0 : 1).ToList();
        var names = string.Join(", ", all.Take(MostNames).Select(voter => $"{CardParts.Shorten(voter.Name, LongestName)}{(voter.IsRequired ? "" : " (optional)")}"));
        return all.Count > MostNames ? $"{names} and {all.Count - MostNames} more" : names;
    }

    private static string Words(Vote vote) => vote switch
    {
        Vote.Yes => "yes",
        Vote.IfNeedBe => "if need be",
        Vote.No => "no",
    };

    private static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static ActionSet Buttons(params IReadOnlyList<ExecuteAction> buttons) => new() { Actions = buttons };

    private static ExecuteAction Page(MeetingView view, int page, string title) => Button(view, "poll-answers", title, ("page", page.ToString(CultureInfo.InvariantCulture)));

    /// <summary>With the number of the poll: a press that comes late counts in no other.</summary>
    private static ExecuteAction Button(MeetingView view, string what, string title, params IReadOnlyList<(string Key, string Value)> more) => MeetingCards.Button(
        view.Meeting,
        what,
        title,
        view.Meeting.Poll is { } poll ? [("poll", poll.Number.ToString(CultureInfo.InvariantCulture)), .. more] : more);
}
