using CoordinationBot.Authority;
using CoordinationBot.Meetings;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Tests.Cards;

/// <summary>Which time suits.</summary>
internal static class PollGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Deadline = Now.AddDays(4);
    private static readonly MeetingTime[] Times = [.. Enumerable.Range(0, PollRules.MostTimes).Select(day => new MeetingTime(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero).AddDays(day), 45, Zone))];

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("poll-ask", office => MeetingCards.For(View(office, "ann", poll: false) with { Asking = new PollQuestion([.. Times.Select(time => time.Start)], Deadline) }));
        yield return ("poll-ask-refused", office => MeetingCards.For(View(office, "ann", poll: false) with
        {
            Asking = new PollQuestion([.. Times.Select(time => time.Start)], Deadline),
            Refusal = $"Nobody was asked. Please choose {PollRules.FewestTimes} to {PollRules.MostTimes} times to ask about.",
            Chosen = Inputs.Of(new Dictionary<string, string> { [PollInputs.Chosen] = SlotInputs.Write(Times[1].Start), [PollInputs.Date] = "2026-11-26", [PollInputs.Time] = "12:00" }),
        }));
        yield return ("poll-asked", office => MeetingCards.For(View(office, "p2") with { News = [$"{office.Typed("Ann Abel", Name)} asks which times suit you."] }));
        yield return ("poll-answered", office => MeetingCards.For(View(office, "p1")));
        yield return ("poll-half-answered", office => MeetingCards.For(View(office, "p2") with
        {
            Refusal = "Your answer was not taken yet: please choose yes, if need be or no for every time.",
            Chosen = Inputs.Of(new Dictionary<string, string> { [PollInputs.Vote(0)] = nameof(Vote.IfNeedBe) }),
        }));
        yield return ("poll-organiser", office => MeetingCards.For(View(office, "ann")));
        yield return ("poll-organiser-nobody-answered", office => MeetingCards.For(View(office, "ann") is var view ? view with { Meeting = view.Meeting with { Poll = view.Meeting.Poll! with { Ballots = [] } } } : null!));
        yield return ("poll-organiser-nothing-works", office => MeetingCards.For(With(View(office, "ann"), Vote.No)));
        yield return ("poll-answers", office => MeetingCards.For(View(office, "ann") with { AnswersPage = 0 }));
        yield return ("poll-of-a-meeting-with-a-time", office => MeetingCards.For(View(office, "p2") is var view ? view with { Meeting = view.Meeting with { State = MeetingState.Scheduled, Time = Times[2] } } : null!));
        yield return ("poll-undecided-organiser", office => MeetingCards.For(Closed(View(office, "ann"), Deadline)));
        yield return ("poll-undecided-invited", office => MeetingCards.For(Closed(View(office, "p1"), Deadline)));
        yield return ("poll-nothing-works-organiser", office => MeetingCards.For(Closed(With(View(office, "ann"), Vote.No), Now.AddHours(8))));
        yield return ("poll-nothing-works-invited", office => MeetingCards.For(Closed(With(View(office, "p1"), Vote.No), Now.AddHours(8))));
        yield return ("poll-late-answer", office => MeetingCards.For(Closed(View(office, "p2"), Deadline) with { Refusal = $"Nothing was changed: the poll is closed. {office.Typed("Ann Abel", Name)} chooses a time." }));
    }

    private static MeetingView Closed(MeetingView view, DateTimeOffset at) =>
        view with { Now = at, Meeting = view.Meeting with { State = MeetingState.Finding, Poll = view.Meeting.Poll! with { ClosedAt = at, RemindAt = null } } };

    /// <summary>Everybody who answered says the same.</summary>
    private static MeetingView With(MeetingView view, Vote vote) =>
        view with { Meeting = view.Meeting with { Poll = view.Meeting.Poll! with { Ballots = [.. view.Meeting.Poll.Ballots.Select(ballot => ballot with { Votes = [.. Times.Select(_ => vote)] })] } } };

    private static MeetingView View(Gallery office, string viewer, bool poll = true)
    {
        var people = office.ManySteps ? 2 * MeetingLimits.People : 8;
        return new MeetingView(
            new Meeting
            {
                Id = "M-7K3F9Q",
                Tenant = "tenant",
                Organiser = new Party("ann", office.Typed("Ann Abel", Name)),
                Subject = office.Typed("Budget of next year", MeetingLimits.Subject),
                Purpose = office.Typed("We agree on what each team gets.", MeetingLimits.Words),
                Invitees =
                [
                    .. Enumerable.Range(1, people).Select(number => new Invitee { Key = $"p{number}", Name = office.Typed($"Person Number {number}", Name), IsRequired = number <= people / 2 }),
                    new Invitee { Key = "kim@contoso.example", Name = "kim@contoso.example", IsRequired = true, IsOutside = true },
                ],
                Minutes = 45,
                Window = new MeetingWindow(Now, Now.AddDays(14), Zone),
                State = poll ? MeetingState.Polling : MeetingState.Finding,
                // The second has not answered, and one or the other after them.
                Poll = poll ? new Poll(1, Times, Deadline, [.. Enumerable.Range(1, people).Where(number => number != 2 && number % 7 != 0).Select(number => new Ballot($"p{number}", [.. Enumerable.Range(0, Times.Length).Select(index => index == 1 ? (Vote)(1 + (number % 2)) : (Vote)((number + index) % 3))], Now))])
                {
                    OpenedAt = Now,
                    RemindAt = Deadline.AddDays(-1),
                    Cast = people,
                } : null,
                Revision = 5,
                Origin = "draft-1",
                CreatedAt = Now,
            },
            viewer,
            Zone,
            Now.AddHours(2));
    }
}
