using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Cards;

/// <summary>Every card that the bot shows, in every state and for both roles.</summary>
/// <param name="Typed">What people typed: given a sensible text and the longest that fits, what is used instead.</param>
/// <param name="Commands">The commands of the running bot, for the help.</param>
/// <param name="ManySteps">Every delegation has as many steps as fit.</param>
internal sealed record Gallery(Func<string, int, string> Typed, IReadOnlyList<CommandRoute> Commands, bool ManySteps = false)
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Due Friday = new(new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), Zone);

    public static readonly ImmutableSortedDictionary<string, Func<Gallery, AdaptiveCard>> Cards = Named().ToImmutableSortedDictionary(card => card.Name, card => card.Make, StringComparer.Ordinal);

    /// <summary>The cards as people meet them.</summary>
    public static Gallery Ordinary(IReadOnlyList<CommandRoute> commands) => new((sensible, _) => sensible, commands);

    private static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Named()
    {
        yield return ("welcome", _ => HelpCards.Welcome());
        yield return ("help", office => HelpCards.Help([], HelpCards.Known(office.Commands)));
        yield return ("help-away", office => HelpCards.Help(["You are away until Sat 5 Dec 2026. Type i am back to end it."], HelpCards.Known(office.Commands)));
        yield return ("waiting-nothing", _ => HelpCards.Waiting([]));
        yield return ("waiting-something", _ => HelpCards.Waiting(["2 approvals wait for you. Type approvals.", "2 tasks wait for you. Type my tasks.", "1 result waits for your answer. Type delegations."]));
        yield return ("suggestions", office => HelpCards.Suggestions(Suggestions.For("delegat", office.Commands)));
        yield return ("suggestions-none", office => HelpCards.Suggestions(Suggestions.For("xyzzy", office.Commands)));

        yield return ("form-empty", office => Ask(NewDraft, DelegationForm.Form.Fields));
        yield return ("form-one-problem", office => Ask(office.Filled, DelegationForm.Form.Fields, new Dictionary<string, string> { ["due"] = "That deadline has passed. Please choose a later one." }));
        yield return ("form-problems", office => Ask(
            NewDraft,
            DelegationForm.Form.Fields,
            DelegationForm.Form.Missing(NewDraft).ToDictionary(field => field.Id, field => field.Needed ?? field.Question),
            Sent(("title", office.Typed("Prepare the budget table", DelegationLimits.Title)), ("due.date", "2026-11-20"), ("steps.1", office.Step(1)), ("steps.2", ""), ("steps.3", ""))));
        yield return ("form-understood-partly", office => Ask(office.Understood, DelegationForm.Form.Missing(office.Understood)));
        yield return ("form-which-person", office => Ask(
            office.Understood with { Options = office.Understood.Options.SetItem("assignee", [new("o1", office.Typed("Alex Able (alex.able@example.com)", Name)), new("o2", office.Typed("Alex Baker (alex.baker@example.com)", Name))]) },
            [DelegationForm.Assignee],
            new Dictionary<string, string> { ["assignee"] = $"“{office.Typed("Alex", Name)}” may be {office.Typed("Alex Able", Name)} or {office.Typed("Alex Baker", Name)}. Please choose." }));
        yield return ("form-50-steps", office => Ask(office.Fifty, DelegationForm.Form.Fields));
        yield return ("review", office => Review(office.Filled));
        yield return ("review-notes", office => Review(office.Filled, new ReviewNotes(
            [
                "Alex Albers is away until Fri 27 Nov 2026.",
                "Alex Albers has 3 tasks open: 1 overdue, 1 due before this.",
                "A clash: “Count the chairs *and* tables” for Kim Kern is due on the same day.",
                "Policy P-1 will count: Spending more than 500 EUR in one act needs the approval of Eve Ek.",
            ])));
        yield return ("review-beyond", office => Review(office.Filled, new ReviewNotes(
            ["Alex Albers has nothing else open that you may see."], "It lies beyond what you may decide. (Mandate of Ann Abel: up to 500 EUR) Nobody above you can give it either; an administrator can change your mandate.")));
        yield return ("review-request", office => Review(office.Filled, new ReviewNotes(
            ["It lies beyond what you may decide. (Mandate of Ann Abel: up to 500 EUR) Kim Kern can give it and is asked; Alex Albers hears of it only then.", "Alex Albers has nothing else open."])
        {
            SendTitle = "Ask Kim Kern",
        }));
        yield return ("review-50-steps", office => Review(office.Fifty));

        foreach (var state in Samples.States)
        {
            yield return Both($"delegation-{Words(state)}", office => office.In(state), out var assignee);
            yield return assignee;
        }
        yield return Both("delegation-offered-again", office => office.In(DelegationState.Offered, office.Terms with { Version = 2 }), out var again);
        yield return again;
        yield return Both("delegation-50-steps", office => office.In(DelegationState.InProgress, office.FiftySteps(), completed: 20), out var fifty);
        yield return fifty;
        yield return ("delegation-last-step-complete-assignee", office => DelegationCards.For(View(office.In(DelegationState.InProgress, completed: int.MaxValue), Role.Assignee)));
        yield return ("delegation-next-needs-note-assignee", office => DelegationCards.For(View(office.In(DelegationState.InProgress, completed: 1), Role.Assignee)));
        yield return ("delegation-next-needs-link-assignee", office => DelegationCards.For(View(office.In(DelegationState.InProgress, completed: 2), Role.Assignee)));
        yield return Both("delegation-question-open", office => office.In(DelegationState.InProgress) with { Questions = [office.Question(1, answered: true), office.Question(2, answered: false)] }, out var open);
        yield return open;
        yield return Both("delegation-question-answered", office => office.In(DelegationState.InProgress) with { Questions = [.. Enumerable.Range(1, office.ManySteps ? 20 : 1).Select(number => office.Question(number, answered: true))] }, out var answered);
        yield return answered;
        yield return Both("delegation-question-before-accepting", office => office.In(DelegationState.Offered) with { Questions = [office.Question(1, answered: false)] }, out var before);
        yield return before;
        yield return Both("delegation-overdue", office => office.In(DelegationState.InProgress, office.Terms with { Due = new Due(Now.AddDays(-3), Zone) }), out var overdue);
        yield return overdue;
        yield return Both("delegation-overdue-handed-in", office => office.In(DelegationState.HandedIn, office.Terms with { Due = new Due(Now.AddDays(-3), Zone) }), out var late);
        yield return late;

        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            yield return ($"change-{Words(kind)}-asking", office => DelegationCards.For(View(office.In(DelegationState.InProgress), Role.Assignee) with { Changing = kind }));
            yield return Both($"change-{Words(kind)}-waiting", office => office.Waiting(kind), out var waiting);
            yield return waiting;
        }
        yield return ("change-refused-assignee", office => DelegationCards.For(View(office.In(DelegationState.InProgress) with { Reason = office.Typed("The auditors ask for the signature.", DelegationLimits.Words) }, Role.Assignee) with
        {
            News = [$"{office.Leader.Name} did not approve the change. The steps stay as they are."],
        }));

        yield return ("revoke-asking-leader", office => DelegationCards.For(View(office.In(DelegationState.InProgress), Role.Leader) with { Revoking = true }));
        yield return ("refused-brief-assignee", office => DelegationCards.For(View(office.In(DelegationState.Offered), Role.Assignee) with
        {
            Refusal = "Please say in a sentence of your own what you will do, so that you both know you mean the same.",
            Typed = Sent(("brief", office.Typed("ok", DelegationLimits.Words))),
        }));
        yield return ("refused-evidence-assignee", office => DelegationCards.For(View(office.In(DelegationState.InProgress, completed: 2), Role.Assignee) with
        {
            Refusal = "That is not a link. Please paste one that begins with https://.",
            Typed = Sent(("evidence", office.Typed("it is on the drive", DelegationLimits.Link))),
        }));
        yield return ("stale-leader", office => DelegationCards.For(View(office.In(DelegationState.InProgress), Role.Leader) with
        {
            News = [$"Nothing was changed: {DelegationRules.Standing(office.In(DelegationState.InProgress))}"],
        }));
        yield return ("news-offered-assignee", office => DelegationCards.For(View(office.In(DelegationState.Offered), Role.Assignee) with { News = [$"{office.Leader.Name} asks you to take this on."] }));
        yield return ("news-approved-assignee", office => DelegationCards.For(View(office.In(DelegationState.Offered, office.Terms with { Version = 2 }), Role.Assignee) with
        {
            News = Told(ChangeRules.Approve(office.Waiting(ChangeKind.Reword), Inquiries.Alone, new Act(office.Leader.ObjectId, 1, Now), "R5", null)),
        }));
        yield return ("news-several-leader", office => DelegationCards.For(View(office.In(DelegationState.InProgress) with { Questions = [office.Question(1, answered: false)] }, Role.Leader) with
        {
            News = [$"{office.Assignee.Name} accepted. Please read the back-brief.", $"{office.Assignee.Name} has a question."],
        }));
        yield return ("unreachable-leader", office => DelegationCards.For(View(
            office.In(DelegationState.Offered).WithUnreached(office.Assignee.ObjectId, $"{office.Assignee.Name} has not been told: I am not installed for them. Please ask them to open a chat with me."), Role.Leader)));
        foreach (var card in AbsenceGallery.Cards().Concat(NoticeGallery.Cards()).Concat(BoundsGallery.Cards()).Concat(OverviewGallery.Cards()).Concat(RecurrenceGallery.Cards()).Concat(MeetingGallery.Cards()).Concat(PollGallery.Cards()).Concat(MinutesGallery.Cards()).Concat(CalendarGallery.Cards()).Concat(FeedbackGallery.Cards()).Concat(SurveyGallery.Cards()).Concat(OperationsGallery.Cards()).Concat(AfterwardsGallery.Cards()).Concat(InsightGallery.Cards()).Concat(PrivacyGallery.Cards()))
        {
            yield return card;
        }
        foreach (var card in InquiryGallery.Cards())
        {
            yield return card;
        }
        yield return ("moved", office => DelegationCards.Moved(office.In(DelegationState.InProgress)));

        yield return ("mandate-form", office => FormCards.Ask(MandateForm.Form, office.MandateDraft, MandateForm.Form.Applying(office.MandateDraft), Context));
        yield return ("mandate-form-problems", office => FormCards.Ask(
            MandateForm.Form,
            MandateForm.Filled(NewMandate, null, new Authorities()),
            MandateForm.Form.Applying(MandateForm.Filled(NewMandate, null, new Authorities())),
            Context,
            new Dictionary<string, string> { ["money"] = "Please add the currency, for example 5,000 EUR.", ["next"] = "“Alex” may be Alex Able or Alex Baker. Please choose." },
            Sent(("money", "5,000"))));
        yield return ("mandate-review", office => FormCards.Review(MandateForm.Form, office.MandateDraft, Context, "This holds from now on, also for delegations that are under way.", "Set this mandate", ReviewNotes.None));
        yield return ("mandate-built-in", office => MandateCards.For(office.Assignee, new Authorities(), false, Zone));
        yield return ("mandate-own-administrator", office => MandateCards.For(office.Assignee, office.Authorities(3), true, Zone, "Stored. It holds from now on."));
        yield return ("mandate-own", office => MandateCards.For(office.Assignee, office.Authorities(3), false, Zone));
        yield return ("mandate-everybody", office => MandateCards.For(null, office.Authorities(3), true, Zone));
        yield return ("mandate-taking-back", office => MandateCards.For(office.Assignee, office.Authorities(3), true, Zone, isTakingBack: true));
        yield return ("mandate-whose", _ => MandateCards.Whose());
        foreach (var count in (int[])[0, 3, 25])
        {
            yield return ($"mandates-{count}", office => MandateCards.List(office.Authorities(count), count / 20 * 10));
            yield return ($"policies-{count}", office => PolicyCards.List(office.Authorities(count), count != 3, count / 20 * 10, Zone));
        }
        yield return ("policies-withdrawn", office => PolicyCards.Withdrawn([.. office.Authorities(2).InForce.Select(entry => entry with { WithdrawnBy = office.Leader, WithdrawnAt = Now })], 0, Zone));
        yield return ("policy-withdrawing", office => PolicyCards.Withdrawing(office.Authorities(1).InForce[0], Zone));
        yield return ("policy-form", _ => FormCards.Ask(PolicyForm.Form, NewPolicy, PolicyForm.Form.Applying(NewPolicy), Context));
        yield return ("policy-form-chosen", office => FormCards.Ask(PolicyForm.Form, office.PolicyDraft, PolicyForm.Form.Applying(office.PolicyDraft), Context));
        yield return ("policy-review", office => FormCards.Review(PolicyForm.Form, office.PolicyDraft, Context, $"{PolicyForm.PolicyOf(office.PolicyDraft).Rule} No delegation can widen it.", "Add this policy", ReviewNotes.None));
        yield return ("administer", office => AdministratorCards.Administer(office.Authorities(3), true, [.. office.Commands.Where(command => command.ListedBy == AdministratorHandlers.Command)]));
        yield return ("administer-others", office => AdministratorCards.Administer(office.Authorities(3), false, []));
        yield return ("administer-nobody", _ => AdministratorCards.Administer(new Authorities(), false, []));
        yield return ("administrators", office => AdministratorCards.List(office.Authorities(3), true, Zone, "Eve Ek is an administrator already."));
        yield return ("administrators-others", office => AdministratorCards.List(office.Authorities(3), false, Zone));
        yield return ("administrators-refused", office => AdministratorCards.List(office.Authorities(3), true, Zone, refused: $"{office.Leader.Name} is named in the settings of this bot (Office:Administrators) and cannot be removed here. Whoever runs the bot can do it there."));
        yield return ("administrators-which", office => AdministratorCards.WhichOne("Alex", [new("o1", office.Typed("Alex Able", Name), "alex.able@example.com"), new("o2", office.Typed("Alex Baker", Name), null)], "authority.administrator-add"));
        yield return ("administration-history", office => AdministratorCards.History([.. Enumerable.Range(4, 20).Reverse().Select(number => new AuthorityRecord(number, Now.AddHours(number), office.Leader, office.Typed("Set the mandate of Bob Berg: up to 5,000 EUR; no promises outside", 400)))], Zone));

        foreach (var count in (int[])[0, 3, 25])
        {
            yield return ($"tasks-{count}", office => ListCards.Tasks(office.Page(count), ListPlace.Start, count, Zone, Now));
            yield return ($"given-{count}", office => ListCards.Given(office.Page(count), ListPlace.Start, count, Zone, Now));
        }
        yield return ("steps-first-page", office => ListCards.Steps(office.In(DelegationState.InProgress, office.FiftySteps(), completed: 20), 1));
        yield return ("steps-last-page", office => ListCards.Steps(office.In(DelegationState.InProgress, office.FiftySteps(), completed: 20), 45));
        yield return ("history-short", office => ListCards.History(office.In(DelegationState.Accepted), office.History(2), Zone));
        yield return ("history-long", office => ListCards.History(office.In(DelegationState.InProgress), office.History(45), Zone));
    }

    private static (string, Func<Gallery, AdaptiveCard>) Both(string name, Func<Gallery, CoordinationBot.Delegations.Delegation> delegation, out (string, Func<Gallery, AdaptiveCard>) assignee)
    {
        assignee = ($"{name}-assignee", office => DelegationCards.For(View(delegation(office), Role.Assignee)));
        return ($"{name}-leader", office => DelegationCards.For(View(delegation(office), Role.Leader)));
    }

    // ---- people and delegations

    private Party Leader => new("ann", Typed("Ann Abel", Name));

    private Party Assignee => new("bob", Typed("Bob Berg", Name));

    private Terms Terms => ManySteps ? FiftySteps() : new(1, Typed("Prepare the budget table", DelegationLimits.Title), AuthorizationType.Deterministic, Friday,
    [
        new(Typed("Collect the figures of all four departments", DelegationLimits.StepText), Evidence.None),
        new(Typed("Fill in the template and let Kim read it", DelegationLimits.StepText), Evidence.Note),
        new(Typed("Send it to finance", DelegationLimits.StepText), Evidence.Link),
    ]);

    private Terms FiftySteps() => new(1, Typed("Move the archive to the new building", DelegationLimits.Title), AuthorizationType.Deterministic, Friday,
        [.. Enumerable.Range(1, DelegationLimits.Steps).Select(number => new Step(Step(number), (Evidence)(number % 3)))]);

    private string Step(int number) => Typed(
        string.Create(CultureInfo.InvariantCulture, $"Pack shelf {number} into boxes, write the number of the shelf on each of them, and have the list signed by the person on duty before they leave the room"),
        DelegationLimits.StepText);

    private static DelegationView View(CoordinationBot.Delegations.Delegation delegation, Role role) => new(delegation, role, Zone, Now);

    private CoordinationBot.Delegations.Delegation In(DelegationState state, Terms? terms = null, int? completed = null)
    {
        terms ??= Terms;
        var isAccepted = state is not (DelegationState.Offered or DelegationState.Declined or DelegationState.Expired);
        var done = completed ?? state switch
        {
            DelegationState.InProgress or DelegationState.WaitingForApproval or DelegationState.Revoked => 1,
            DelegationState.Returned => 2,
            DelegationState.HandedIn or DelegationState.Done => int.MaxValue,
            DelegationState.Requested or DelegationState.Offered or DelegationState.Declined or DelegationState.Accepted or DelegationState.Expired => 0,
        };
        var delegation = new CoordinationBot.Delegations.Delegation
        {
            Id = "D-7K3F9Q",
            Tenant = "t",
            Leader = Leader,
            Assignee = Assignee,
            Terms = terms,
            State = state,
            Revision = 4,
            Origin = "o",
            CreatedAt = Now.AddDays(-5),
            BackBrief = isAccepted ? Typed("I get the figures, fill in the template with Kim and send it to finance.", DelegationLimits.Words) : null,
            Completions = [.. terms.Steps.Take(ManySteps && done > 1 ? terms.Steps.Count - 1 : done).Select(step => new Completion(Now.AddDays(-1), step.Evidence switch
            {
                Evidence.None => ManySteps ? Typed("", DelegationLimits.Words) : null,
                Evidence.Note => Typed("Kim has read it", DelegationLimits.Words),
                Evidence.Link => $"https://example.com/{Typed("budget", DelegationLimits.Link - 20)}",
            }))],
            Result = state is DelegationState.HandedIn or DelegationState.Done ? Typed("It came out 3 % below last year.", DelegationLimits.Words) : null,
            Reason = state switch
            {
                DelegationState.Declined => Typed("I am away from Wednesday on.", DelegationLimits.Words),
                DelegationState.Returned => Typed("The figures of department 4 are last year's.", DelegationLimits.Words),
                DelegationState.Revoked => Typed("Finance does it themselves this year.", DelegationLimits.Words),
                _ => ManySteps ? Typed("", DelegationLimits.Words) : null,
            },
            Questions = ManySteps ? [.. Enumerable.Range(1, DelegationLimits.Questions).Select(number => Question(number, answered: number < DelegationLimits.Questions - 3))] : [],
        };
        return state == DelegationState.WaitingForApproval ? delegation with { Request = Request(ChangeKind.Skip, delegation) } : delegation;
    }

    private CoordinationBot.Delegations.Delegation Waiting(ChangeKind kind)
    {
        var delegation = In(DelegationState.WaitingForApproval);
        return delegation with { Request = Request(kind, delegation) };
    }

    private ChangeRequest Request(ChangeKind kind, CoordinationBot.Delegations.Delegation delegation)
    {
        var last = delegation.Terms.Steps.Count;
        return new ChangeRequest(
            "R5",
            kind switch
            {
                ChangeKind.Skip => new(kind, last),
                ChangeKind.Swap => new(kind, last - 1, last),
                ChangeKind.Add => new(kind, last, Text: Typed("Tell Kim that it is sent", DelegationLimits.StepText)),
                ChangeKind.Reword => new(kind, last, Text: Typed("Send it to finance and to Kim", DelegationLimits.StepText)),
                ChangeKind.MoveDeadline => new(kind, Due: new Due(Friday.At.AddDays(3), Zone)),
                ChangeKind.Budget => new(kind, Budget: new Money(5000, "EUR")),
            },
            Typed("Department 4 closes its books on Friday.", DelegationLimits.Words));
    }

    private Question Question(int number, bool answered) => new(
        $"Q{number}",
        Typed("Which template: last year's or the new one?", DelegationLimits.Words),
        answered ? Typed("The new one, please.", DelegationLimits.Words) : null);

    private static IReadOnlyList<string> Told(Outcome outcome) => [.. ((Outcome.Changed)outcome).Tells.Select(tell => tell.Sentence)];

    internal IndexPage Page(int count) =>
        new([.. Entries(count).Take(ListPlace.PageLength)], count > ListPlace.PageLength ? "202612011200|D-7K3F09" : null);

    private List<IndexEntry> Entries(int count)
    {
        DelegationState[] states = [DelegationState.Offered, DelegationState.InProgress, DelegationState.HandedIn, DelegationState.WaitingForApproval, DelegationState.Returned, DelegationState.Accepted];
        return [.. Enumerable.Range(0, count).Select(number => new IndexEntry(
            string.Create(CultureInfo.InvariantCulture, $"D-7K3F{number:D2}"),
            4,
            Typed(number % 2 == 0 ? "Prepare the budget table" : "Write to the caretaker about the windows in the meeting rooms on the second floor", DelegationLimits.Title),
            Leader,
            Assignee,
            states[number % states.Length],
            new Due(Now.AddDays(number - 1).AddHours(3), Zone),
            1,
            3))];
    }

    private List<HistoryEntry> History(int revision)
    {
        var delegation = In(DelegationState.InProgress);
        var steps = DelegationRules.TermsClause(delegation).ToString();
        return [.. Enumerable.Range(1, revision).Reverse().Take(ListCards.HistoryLength).Select(number => new HistoryEntry(
            number,
            Now.AddDays(-5).AddHours(number),
            number % 3 == 1 ? Leader : Assignee,
            1,
            number switch
            {
                1 => $"Offered to {Assignee.Name}",
                2 => $"Accepted version 1: {delegation.BackBrief}",
                _ when number % 3 == 1 => $"Answered: {Typed("The new one, please.", DelegationLimits.Words)}",
                _ => $"Asked: {Typed("Which template: last year's or the new one?", DelegationLimits.Words)}",
            },
            number <= 2 ? steps : null))];
    }

    // ---- authority

    private static Draft NewMandate => new() { Id = "draft-2", Form = MandateForm.Form.Name, ExpiresAt = Now.AddDays(1) };

    private static Draft NewPolicy => new() { Id = "draft-3", Form = PolicyForm.Form.Name, ExpiresAt = Now.AddDays(1) };

    private Draft MandateDraft => MandateForm.Filled(NewMandate, Assignee, Authorities(3));

    private Draft PolicyDraft => NewPolicy
        .With(PolicyForm.Subject, nameof(PolicySubject.Spending))
        .With(PolicyForm.Over, "500.00 EUR")
        .With(PolicyForm.Words, Typed("Purchases above 500 EUR\nare approved by the head of finance.", PolicyForm.Words.LongestText))
        .Skip(PolicyForm.Matter)
        .With(PolicyForm.Rule, "Approval")
        .With(PolicyForm.Approver, "eve", Typed("Eve Ek", Name));

    private Mandate Mandate(Party? whose, int number) => new()
    {
        Money = number % 2 == 0 ? new Money(5_000 + number, "EUR") : null,
        OutsideCommitments = number % 3 == 0,
        Reach = number % 4 == 0 ? [.. Enumerable.Range(1, ManySteps ? MandateForm.People.MostPersons : 2).Select(person => new Party($"o{person}", Typed(person == 1 ? "Alex Able" : "Kim Koch", Name)))] : null,
        Excluded = number % 4 == 0 ? [.. Enumerable.Range(1, ManySteps ? AuthorityRules.MostMatters : 1).Select(_ => Typed("personnel", AuthorityRules.LongestMatter))] : [],
        NextUp = number % 4 == 0 ? Leader : null,
        Origin = AuthorityRules.Title(whose),
    };

    private Authorities Authorities(int count) => new()
    {
        Revision = 40,
        LastPolicy = count == 0 ? 0 : count + 1,
        Default = count == 0 ? null : new MandateEntry(null, Mandate(null, 2), 1, Leader, Now.AddDays(-9)),
        Mandates = Enumerable.Range(0, count).Select(number => number == 0 ? Assignee : new Party($"o{number:D2}", Typed($"Person Number {number:D2}", Name)))
            .Select((whose, number) => new MandateEntry(whose, Mandate(whose, number * 4), number + 2, Leader, Now.AddDays(-8))).ToDictionary(entry => entry.Whose!.ObjectId),
        InForce = [.. Enumerable.Range(1, count).Select(number => new PolicyEntry(
            new Policy(
                $"P-{number}",
                (PolicySubject)(number % 3),
                Typed("Purchases above 500 EUR are approved by the head of finance.", PolicyForm.Words.LongestText),
                number % 3 == 0 ? new Money(500, "EUR") : null,
                number % 2 == 0 ? Typed("personnel", AuthorityRules.LongestMatter) : null,
                number % 4 == 0 ? null : new Party("eve", Typed("Eve Ek", Name))),
            Leader,
            Now.AddDays(-7)))],
        Appointed = [.. Enumerable.Range(0, count).Select(number => new AdministratorEntry(new Party($"a{number}", Typed(number == 0 ? "Eve Ek" : "Alex Able", Name)), Leader, Now.AddDays(-3)))],
        Named = [Leader],
        Unmet = ["kim@example.com"],
    };

    // ---- forms

    private static DialogContext Context => new("ann", "bot", Now, Zone);

    private static Draft NewDraft => new() { Id = "draft-1", Form = DelegationForm.Form.Name, ExpiresAt = Now.AddDays(1) };

    private Draft Understood => NewDraft
        .With(DelegationForm.Title, Typed("Prepare the budget table", DelegationLimits.Title))
        .With(DelegationForm.Assignee, "bob", Assignee.Name)
        .With(DelegationForm.Due, Friday.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))
        with
    { Suggested = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("type", "You wrote “exactly”, which suggests deterministic. You decide:") };

    private Draft Filled => ManySteps ? Fifty : With(Terms);

    // As many steps as a form takes: the reader refuses more.
    private Draft Fifty => With(FiftySteps() is var terms && terms.Steps.Sum(step => ProtocolJson.Wire.Options.Encoder!.Encode(step.Text).Length) <= DelegationForm.Steps.LongestList
        ? terms
        : terms with { Steps = [.. terms.Steps.Select(step => step with { Text = CardParts.Shorten(step.Text, 60) })] });

    private Draft With(Terms terms) => Understood
        .With(DelegationForm.Title, terms.Title)
        .With(DelegationForm.Type, nameof(AuthorizationType.Deterministic))
        .With(DelegationForm.Steps, Draft.LinesValue(terms.Steps.Select(step => new ListLine(step.Text, step.Evidence.ToString()))));

    private static AdaptiveCard Ask(Draft draft, IReadOnlyList<Field> fields, IReadOnlyDictionary<string, string>? problems = null, Inputs? typed = null) =>
        FormCards.Ask(DelegationForm.Form, draft, fields, Context, problems, typed);

    private static AdaptiveCard Review(Draft draft, ReviewNotes? notes = null) =>
        FormCards.Review(DelegationForm.Form, draft, Context, DelegationRules.ExactSteps(draft.Lines("steps").Count), $"Send to {draft.Shown["assignee"]}", notes ?? ReviewNotes.None);

    private static Inputs Sent(params (string Key, string Value)[] values) =>
        Inputs.From(JsonSerializer.SerializeToElement(values.ToDictionary(value => value.Key, value => value.Value)));

    private static string Words<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((character, index) => char.IsUpper(character) ? $"{(index == 0 ? "" : "-")}{char.ToLowerInvariant(character)}" : character.ToString()));
}
