using CoordinationBot.Authority;
using CoordinationBot.Feedbacks;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Tests.Cards;

/// <summary>Saying what one thinks, what its author has in their hands, and what its owner does with it.</summary>
internal static class FeedbackGallery
{
    private const string Zone = "Europe/Berlin";
    private const string When = "Tue 24 Nov 2026, 09:00 (UTC)";
    private const string Viewer = "29:bob";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly AuthorSecret Secret = AuthorSecret.Read(new string('5', 64))!;

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("feedback-form", _ => FeedbackFormCards.For(new FeedbackForm(Secret), When, Viewer));
        yield return ("feedback-form-filled", office => FeedbackFormCards.For(Filled(office), When, Viewer));
        yield return ("feedback-form-thanks", office => FeedbackFormCards.For(new FeedbackForm(Secret, FeedbackKind.Thanks, Text: office.Typed("You saved my day", FeedbackLimits.Text)) { AsksForPerson = true }, When, Viewer));
        yield return ("feedback-form-problem", office => FeedbackFormCards.For(Filled(office), When, Viewer, "There is no such delegation that you are part of. Type my tasks or delegations to see yours, or write in a few words what it is about."));
        yield return ("feedback-receipt-named", office => ReceiptCards.Named(View(One(office)) with { News = ["Eve Ek gets it now."] }));
        yield return ("feedback-receipt-named-answered", office => ReceiptCards.Named(View(Talked(office) with { State = FeedbackState.NotNow, Reason = office.Typed("No money this year.", FeedbackLimits.Reason), Answer = Answer(office) })));
        yield return ("feedback-receipt-waiting", office => ReceiptCards.Waiting(NewLetter(office), Secret, Viewer, When, "Thank you. Your words are in the letterbox."));
        yield return ("feedback-receipt-anonymous", office => ReceiptCards.Anonymous(View(One(office) with { Author = null }), Secret, Viewer, new string('7', 64), [], When));
        yield return ("feedback-receipt-anonymous-talk", office => ReceiptCards.Anonymous(
            View(Talked(office) with { Author = null, Answer = Answer(office) }), Secret, Viewer, new string('7', 64),
            [new Letter("l1", "h", LetterKind.Message, office.Typed("The third.", FeedbackLimits.Message)), new Letter("l2", "h", LetterKind.End, "")], When));
        yield return ("feedback-receipt-refused", office => ReceiptCards.Named(View(One(office)) with { Refusal = "Please write what you want to say." }));
        yield return ("feedback-receipt-joined", office => ReceiptCards.Named(new FeedbackView(One(office) with { MergedInto = "F-000001" }, One(office) with { Id = "F-000001", State = FeedbackState.Planned, Owner = Ann(office) }, Zone, Now)));
        yield return ("feedback-moved", office => ReceiptCards.Moved(One(office)));
        yield return ("feedback-not-yours", office => ReceiptCards.NotYours(One(office)));
        yield return ("feedback-owner-new", office => FeedbackCards.For(View(One(office)) with { News = [$"{Bob(office).Name} tells you what they think. Please answer it."] }));
        yield return ("feedback-owner-anonymous", office => FeedbackCards.For(View(One(office) with { Author = null, MayQuote = true })));
        yield return ("feedback-owner-talk", office => FeedbackCards.For(View(Talked(office) with { State = FeedbackState.Planned, Delegation = "D-7K3F9Q", Meeting = "M-7K3F9Q", Answer = Answer(office), Duplicates = [.. Enumerable.Range(0, office.ManySteps ? 500 : 2).Select(number => $"F-{number:D6}")] })));
        yield return ("feedback-owner-overdue", office => FeedbackCards.For(View(One(office) with { AnswerDue = Now.AddDays(-1) })));
        yield return ("feedback-owner-refused", office => FeedbackCards.For(View(Talked(office)) with
        {
            Refusal = "Please write why not now: whoever wrote this reads it.",
            Typed = Inputs.Of(new Dictionary<string, string> { ["state"] = "NotNow", ["answer"] = office.Typed("We get a second one.", FeedbackLimits.Answer), ["message"] = office.Typed("Which?", FeedbackLimits.Message), ["reason"] = office.Typed("", FeedbackLimits.Reason) }),
        }));
        yield return ("feedback-text", office => FeedbackCards.Text(One(office)));
        yield return ("feedback-mine", office => RegisterCards.Mine([.. Enumerable.Range(0, office.ManySteps ? 20 : 2).Select(_ => One(office))]));
        yield return ("feedback-mine-none", _ => RegisterCards.Mine([]));
        yield return ("register", office => RegisterCards.For(Page(office), new RegisterFilter(), null, [], Zone, Now));
        yield return ("register-empty", _ => RegisterCards.For(new RegisterPage([], null), new RegisterFilter(), null, [], Zone, Now));
        yield return ("register-filtered-for-somebody", office => RegisterCards.For(Page(office), new RegisterFilter(State: FeedbackState.New, Word: office.Typed("printer", 60)), Person(office), [Person(office), Person(office) with { ObjectId = "kim" }], Zone, Now));
        yield return ("register-came", _ => RegisterCards.Came(["12 anonymous letters are in your register."]));
        yield return ("register-moved", _ => RegisterCards.Moved());
        yield return ("registers", office => RegisterCards.Registers([new Register("", Ann(office)), .. Enumerable.Range(0, office.ManySteps ? 60 : 2).Select(number => new Register(office.Typed($"Facilities {number}", FeedbackLimits.RegisterName), Bob(office)))], true, $"{Bob(office).Name} answers for Facilities from now on."));
        yield return ("registers-none", _ => RegisterCards.Registers([], false));
    }

    private static Party Ann(Gallery office) => new("ann", office.Typed("Ann Abel", Name));

    private static Party Bob(Gallery office) => new("bob", office.Typed("Bob Berg", Name));

    private static Person Person(Gallery office) => new() { Tenant = "tenant", ObjectId = "ann", TeamsId = "29:ann", Name = Ann(office).Name, ServiceUrl = "http://localhost:9/", BotId = "28:bot" };

    private static string Answer(Gallery office) => office.Typed("We get a second one in January.", FeedbackLimits.Answer);

    private static FeedbackForm Filled(Gallery office) =>
        new(Secret, FeedbackKind.Problem, office.Typed("Facilities", FeedbackLimits.Subject), office.Typed("The printer on floor 3 is always empty.", FeedbackLimits.Text), MayQuote: true);

    private static Letter NewLetter(Gallery office) =>
        new("l", "h", LetterKind.Feedback, office.Typed("The printer on floor 3 is always empty.", FeedbackLimits.Text)) { About = FeedbackKind.Problem, Subject = new Subject(SubjectKind.Free, office.Typed("Facilities", FeedbackLimits.Subject)) };

    private static FeedbackView View(Feedback feedback) => new(feedback, feedback, Zone, Now);

    private static Feedback One(Gallery office) => new()
    {
        Id = "F-7K3F9Q",
        Tenant = "tenant",
        Origin = new string('a', 64),
        Author = Bob(office),
        Kind = FeedbackKind.Problem,
        Subject = new Subject(SubjectKind.Register, office.Typed("Facilities", FeedbackLimits.Subject)),
        Text = office.Typed("The printer on floor 3 is always empty.", FeedbackLimits.Text),
        Owner = new Party("eve", office.Typed("Eve Ek", Name)),
        State = FeedbackState.New,
        Day = Day,
        AnswerDue = Now.AddDays(14),
        Revision = 1,
    };

    private static Feedback Talked(Gallery office) => One(office) with
    {
        State = FeedbackState.LookingIntoIt,
        Talk =
        [
            new TalkEntry("t1", new Party("eve", office.Typed("Eve Ek", Name)), office.Typed("Which of the two?", FeedbackLimits.Message), Day),
            .. Enumerable.Range(0, office.ManySteps ? 20 : 1).Select(number => new TalkEntry($"t2{number}", null, office.Typed("The big one.", FeedbackLimits.Message), Day)),
        ],
    };

    private static RegisterPage Page(Gallery office) => new(
        [.. Enumerable.Range(0, office.ManySteps ? RegisterCards.PageLength : 3).Select(number => new FeedbackEntry(
            $"F-00000{number}", FeedbackKind.Problem, FeedbackState.New, office.Typed("Facilities", FeedbackLimits.Subject), office.Typed("The printer on floor 3 is always empty.", FeedbackLimits.Text), Day, Now.AddDays(number - 1), false, number % 2 == 0, false))],
        "20261123|F-000002");
}
