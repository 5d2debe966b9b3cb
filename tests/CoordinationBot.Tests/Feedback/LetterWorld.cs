using CoordinationBot.Authority;
using CoordinationBot.Feedbacks;
using CoordinationBot.Meetings;
using CoordinationBot.People;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Tests.Feedbacks;

/// <summary>The letterbox, and what becomes of letters, on a real file without a host. Ann answers everything.</summary>
internal sealed class LetterWorld : IDisposable
{
    public const string Tenant = Desk.Tenant;

    public LetterWorld(Chance chance)
    {
        foreach (var kind in (string[])[LetterboxStore.Kind, FeedbackStore.Kind, RegisterNotices.Kind])
        {
            Desk.Handlers.Add(kind, (_, _) => ValueTask.CompletedTask);
        }
        Times = new HandOverTimes(Desk.Office, Options.Create(new FeedbackOptions()));
        Letters = new LetterboxStore(Desk.Tables, Desk.Queue, Desk.Scheduler, Times, chance, Desk.Clock);
        Store = new FeedbackStore(Desk.Tables, Desk.Scheduler, Desk.Clock);
        Registers = new RegisterStore(Desk.Tables);
        var people = new PeopleStore(Desk.Tables);
        var authorities = new AuthorityStore(Desk.Tables, new AdministratorSettings(Desk.Office, Options.Create(new BotOptions()), people), Desk.Clock);
        var owners = new OwnerFinder(Registers, Desk.Store, new MeetingStore(Desk.Tables, Desk.Scheduler), authorities, Desk.Directory, new Deputies(Desk.Directory, people));
        var notices = new RegisterNotices(Desk.Tables, new FeedbackIndex(Desk.Tables), Desk.Scheduler, Desk.Delivery, Desk.Queue, Desk.Clock);
        Work = new LetterboxWork(Letters, Store, owners, notices, Times, chance, Desk.Clock);
    }

    public Desk Desk { get; } = new();

    public HandOverTimes Times { get; }

    public LetterboxStore Letters { get; }

    public FeedbackStore Store { get; }

    public RegisterStore Registers { get; }

    public LetterboxWork Work { get; }

    public async Task BeginAsync()
    {
        await Desk.MeetAsync("ann", "Ann Abel");
        await Registers.SetAsync(Tenant, new Register("", new Party("ann", "Ann Abel")), Desk.Cancel);
        await Letters.PrepareAsync(Tenant, Desk.Cancel);
    }

    public ValueTask HandOverAsync() => Work.RunAsync(new WakeUp(LetterboxStore.Kind, LetterboxStore.Partition(Tenant)), Desk.Cancel);

    /// <summary>It is the hour at which letters are handed over.</summary>
    public void Dawn() => Desk.Clock.Advance(Times.NextAfter(Desk.Clock.GetUtcNow()) - Desk.Clock.GetUtcNow());

    public static Letter New(AuthorSecret secret, string text) => new(secret.LetterId(nameof(LetterKind.Feedback)), secret.Handle, LetterKind.Feedback, text) { About = FeedbackKind.Problem };

    public static Letter Message(AuthorSecret secret, string text) => new(secret.LetterId(text), secret.Handle, LetterKind.Message, text);

    public async Task<IReadOnlyList<Letter>> WaitingAsync() => [.. (await Letters.ReadAsync(Tenant, Desk.Cancel)).Boxes.SelectMany(box => box.Letters)];

    public void Dispose() => Desk.Dispose();
}
