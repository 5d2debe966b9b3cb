using System.Globalization;
using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Cards;

/// <summary>The cards of uncertain delegations.</summary>
internal static class InquiryGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Due Friday = new(new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), Zone);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        foreach (var state in Samples.States)
        {
            foreach (var role in (Role[])[Role.Leader, Role.Assignee, Role.Consulted])
            {
                if (role != Role.Consulted || state is not (DelegationState.Offered or DelegationState.Declined))
                {
                    yield return ($"inquiry-{state.ToString().ToLowerInvariant()}-{role.ToString().ToLowerInvariant()}", office => Card(In(office, state, 2), role));
                }
            }
        }
        yield return ("inquiry-no-option-assignee", office => Card(In(office, DelegationState.Accepted, 0), Role.Assignee));
        yield return ("inquiry-no-option-consulted", office => Card(In(office, DelegationState.Accepted, 0), Role.Consulted));
        foreach (var count in (int[])[1, 3, 8])
        {
            yield return ($"inquiry-{count}-proposed-leader", office => Card(In(office, DelegationState.HandedIn, count), Role.Leader));
            yield return ($"inquiry-{count}-assignee", office => Card(In(office, DelegationState.InProgress, count), Role.Assignee));
        }
        yield return ("inquiry-rework-assignee", office => DelegationCards.For(View(In(office, DelegationState.InProgress, 2), Role.Assignee) with { Reworking = "O1" }));
        yield return ("inquiry-refused-option-assignee", office => DelegationCards.For(View(In(office, DelegationState.InProgress, 2), Role.Assignee) with
        {
            Refusal = "Please write its risk.",
            Typed = Inputs.From(JsonSerializer.SerializeToElement(new Dictionary<string, string>
            {
                ["title"] = office.Typed("The lake", DelegationLimits.Title),
                ["benefits"] = office.Typed("Cool in summer.", DelegationLimits.OptionText),
                ["drawbacks"] = office.Typed("Far away.", DelegationLimits.OptionText),
                ["cost"] = "800 EUR",
            })),
        }));
        yield return ("inquiry-must-be-consulted-assignee", office => DelegationCards.For(View(In(office, DelegationState.InProgress, 2) with { Inquiry = Inquiry.Empty with { Options = Options(office, 2), Added = 2 } }, Role.Assignee) with
        {
            Refusal = $"The options were not proposed: {office.Typed("Carol Cole", Name)} must be consulted and did not comment yet. {office.Typed("Ann Abel", Name)} can say that it goes on without.",
        }));
        yield return ("inquiry-comparison-leader", office => InquiryCards.Comparison(View(In(office, DelegationState.HandedIn, 3), Role.Leader)));
        yield return ("inquiry-comparison-8", office => InquiryCards.Comparison(View(In(office, DelegationState.HandedIn, 8), Role.Leader)));
        yield return ("inquiry-full-first-page", office => Full(office, 0));
        yield return ("inquiry-full-second-page", office => Full(office, 7));
        yield return ("inquiry-chosen-assignee", office => Card(Chosen(office), Role.Assignee));
        yield return ("inquiry-chosen-consulted", office => Card(Chosen(office), Role.Consulted));
        yield return ("inquiry-chosen-comparison", office => InquiryCards.Comparison(View(Chosen(office), Role.Assignee)));
        yield return ("inquiry-sent", office => InquiryCards.Sent(Chosen(office), Options(office, 1)[0]));

        yield return ("inquiry-form", office => Ask(Draft(office)));
        yield return ("inquiry-form-deterministic", office => Ask(Draft(office, "Deterministic")));
        yield return ("inquiry-form-flexible", office => Ask(Draft(office, "Flexible")));
        yield return ("inquiry-review-flexible", office => Filled(office) is var draft ? FormCards.Review(InquiryForm.Form, draft, Context, InquiryForm.Sentence(draft, Context), "Choose it", ReviewNotes.None) : throw new InvalidOperationException());
        yield return ("inquiry-tasks", office => ListCards.Tasks(new IndexPage(Entries(office), null), ListPlace.Start, Entries(office).Count, Zone, Now));
        yield return ("inquiry-given", office => ListCards.Given(new IndexPage(Entries(office), null), ListPlace.Start, Entries(office).Count, Zone, Now));
    }

    private static AdaptiveCard Card(CoordinationBot.Delegations.Delegation delegation, Role role) => DelegationCards.For(View(delegation, role));

    private static DelegationView View(CoordinationBot.Delegations.Delegation delegation, Role role) => new(delegation, role, Zone, Now) { Viewer = "carol" };

    private static AdaptiveCard Full(Gallery office, int from) => In(office, DelegationState.HandedIn, 8) is var delegation ? OptionCards.Full(delegation, delegation.Inquiry!.Comments, from) : throw new InvalidOperationException();

    private static CoordinationBot.Delegations.Delegation Chosen(Gallery office) => In(office, DelegationState.HandedIn, 2) is var delegation
        ? delegation with
        {
            State = DelegationState.Offered,
            Terms = new(2, office.Typed("Rent the hall", DelegationLimits.Title), AuthorizationType.Deterministic, Friday, [new(office.Typed("Call the owner", DelegationLimits.StepText), Evidence.None)]),
            BackBrief = null,
            Inquiry = delegation.Inquiry! with { Chosen = "O1", Question = delegation.Terms.Aim, Consulted = delegation.Terms.Limits.People },
        }
        : throw new InvalidOperationException();

    private static CoordinationBot.Delegations.Delegation In(Gallery office, DelegationState state, int options)
    {
        Party Who(string id, string name) => new(id, office.Typed(name, Name));
        var isBegun = state is not (DelegationState.Offered or DelegationState.Declined or DelegationState.Accepted);
        List<Party> people = [Who("carol", "Carol Cole"), Who("dan", "Dan Dorn"), .. office.ManySteps ? Enumerable.Range(3, DelegationLimits.Consulted - 2).Select(number => Who($"p{number}", $"Person {number}")) : []];
        return new CoordinationBot.Delegations.Delegation
        {
            Id = "D-7K3F9Q",
            Tenant = "tenant",
            Leader = Who("ann", "Ann Abel"),
            Assignee = Who("bob", "Bob Berg"),
            Terms = new(1, office.Typed("Where to hold the summer party", DelegationLimits.Title), AuthorizationType.Uncertain, Friday, [])
            {
                Aim = office.Typed("Which place is best for 80 people, rain or shine?", DelegationLimits.Words),
                Bounds = new() { Budget = new(500, "EUR"), Involvement = Involvement.Named, People = people, MustNot = [.. Enumerable.Repeat(office.Typed("Sign anything", DelegationLimits.StepText), office.ManySteps ? DelegationLimits.MustNot : 1)] },
            },
            State = state,
            Revision = 7,
            Origin = "draft-1",
            CreatedAt = Now,
            BackBrief = state is DelegationState.Offered or DelegationState.Declined ? null : office.Typed("I compare three places and ask what they cost.", DelegationLimits.Words),
            Reason = state is DelegationState.Declined or DelegationState.Returned or DelegationState.Revoked or DelegationState.Done || office.ManySteps ? office.Typed("What about the lake?", DelegationLimits.Words) : null,
            Request = state == DelegationState.WaitingForApproval ? new("R5", new(ChangeKind.MoveDeadline, Due: new Due(Friday.At.AddDays(3), Zone)), office.Typed("The owner is away.", DelegationLimits.Words)) : null,
            Questions = office.ManySteps ? [.. Enumerable.Range(1, DelegationLimits.Questions).Select(number => new Question($"Q{number}", office.Typed("", DelegationLimits.Words), number < 19 ? office.Typed("", DelegationLimits.Words) : null))] : [],
            Ledger = new() { Spent = 80 },
            Inquiry = !isBegun || options == 0 ? null : new()
            {
                Options = Options(office, office.ManySteps ? DelegationLimits.Options : options),
                Added = 8,
                Report = office.Typed("Two owners have answered.", DelegationLimits.Words),
                Comments = Comments(office, options),
                WasProposed = state is DelegationState.HandedIn or DelegationState.Returned or DelegationState.Done,
            },
        };
    }

    private static List<Comment> Comments(Gallery office, int options)
    {
        Comment Said(string by, string name, string? option, string text) => new(new(by, office.Typed(name, Name)), option, office.Typed(text, DelegationLimits.CommentText), Now);
        return office.ManySteps || options == 8
            ? [.. Enumerable.Range(0, DelegationLimits.Comments).Select(number => Said("carol", "Carol Cole", number % 9 == 8 ? null : $"O{(number % 9) + 1}", "The neighbours complain."))]
            : [Said("carol", "Carol Cole", "O1", "It is loud."), Said("carol", "Carol Cole", null, "Ask the choir, too.")];
    }

    private static List<Option> Options(Gallery office, int count)
    {
        // Three stand side by side on a phone only when their words are short.
        (string Title, string Benefits, string Drawbacks, string Risk, decimal? Cost)[] all =
        [
            ("Rent a hall", "Room for all, dry.", "Far from town.", "It may be taken.", 3000),
            ("Our garden", "Costs little.", "No roof.", "Rain.", null),
            ("The lake", "Cool in July.", "No toilets.", "Storms.", 800),
            ("A boat on the river", "Nobody has been there before.", "Only 60 people fit on it, so that some of us would have to stay on the land and join later.", "Water levels.", 4200),
        ];
        return [.. Enumerable.Range(1, count).Select(number => all[(number - 1) % all.Length] is var option ? new Option(
            string.Create(CultureInfo.InvariantCulture, $"O{number}"),
            office.Typed(option.Title, DelegationLimits.Title),
            office.Typed(option.Benefits, DelegationLimits.OptionText),
            office.Typed(option.Drawbacks, DelegationLimits.OptionText),
            office.Typed(option.Risk, DelegationLimits.OptionText),
            option.Cost is { } cost ? new Money(cost, "EUR") : null) : throw new InvalidOperationException())];
    }

    private static List<IndexEntry> Entries(Gallery office) =>
    [
        .. Samples.States.Where(state => state is not (DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired)).Select((state, number) =>
            new IndexEntry($"D-7K3F0{number}", 4, office.Typed("Where to hold the summer party", DelegationLimits.Title), new("ann", office.Typed("Ann Abel", Name)), new("bob", office.Typed("Bob Berg", Name)), state, Friday, 0, 0)
            {
                Type = AuthorizationType.Uncertain,
                Options = number - 1 < 0 ? 0 : number - 1,
            }),
    ];

    private static DialogContext Context => new("ann", "bot", Now, Zone);

    private static Draft Draft(Gallery office, string? type = null)
    {
        var delegation = In(office, DelegationState.HandedIn, 2);
        var draft = InquiryForm.Begin(new Draft { Id = "draft-1", Form = InquiryForm.Form.Name, ExpiresAt = Now.AddDays(1) }, delegation, delegation.Inquiry!.Options[0]);
        return type is null ? draft : draft.With(InquiryForm.Type, type);
    }

    private static Draft Filled(Gallery office)
    {
        var draft = Draft(office, "Flexible");
        Field Find(string id) => InquiryForm.Form.Fields.First(field => field.Id == id);
        return draft
            .With(Find("due"), Friday.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))
            .With(Find("outcome"), office.Typed("A hall for 80 people", DelegationLimits.Words))
            .With(Find("involve"), "Named")
            .With(Find("people"), [new PersonOption("eve", office.Typed("Eve Ek", Name))])
            .With(Find("outside"), "true")
            .Skip(Find("depth"));
    }

    private static AdaptiveCard Ask(Draft draft) => FormCards.Ask(InquiryForm.Form, draft, InquiryForm.Form.Applying(draft), Context);
}
