using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.People;

/// <summary>Being away, coming back, and who answers meanwhile.</summary>
internal sealed class AbsenceHandlers(PeopleDirectory directory, Deputies deputies, OfficeOptions office, WorkScheduler work)
{
    /// <summary>Wakes what waits until a person is back.</summary>
    public const string CameBack = "came-back";

    private const string NothingToConfirm = "There is nothing to confirm: it was confirmed or discarded, or is older than a day. Type away to see when you are away.";

    private static readonly LocalTime EndOfDay = new(23, 59);

    // ---- commands

    public async ValueTask<TurnResult> AwayAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.StoredSpeakerAsync(turn, cancel);
        if (turn.Argument.Length == 0)
        {
            return new TurnResult.Open(AbsenceCards.Status(person, turn.Now.ToInstant()));
        }
        var sentence = AwaySentence.Parse(turn.Argument);
        var (from, fromProblem) = Typed(turn, person, sentence.From);
        var (until, untilProblem) = Typed(turn, person, sentence.Until);
        return (await ProposeAsync(turn, person, new AbsenceInputs(from, until), sentence.Deputy, fromProblem ?? untilProblem, cancel)).AsMessage();
    }

    public async ValueTask<TurnResult> BackAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.StoredSpeakerAsync(turn, cancel);
        return AbsenceRules.At(person, turn.Now.ToInstant()) is not { } absence
            ? new TurnResult.Say("You were not away as far as I know. Type away to see when you are.")
            : new TurnResult.Open(AbsenceCards.Status(await EndAsync(turn, absence, cancel), turn.Now.ToInstant(), "Welcome back."));
    }

    public async ValueTask<TurnResult> ConfirmAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.StoredSpeakerAsync(turn, cancel);
        var result = await ConfirmAsync(turn, person, person.Proposed?.Id, cancel);
        return result is TurnResult.Show show ? new TurnResult.Open(show.Card) : result;
    }

    public async ValueTask<TurnResult> DeputyAsync(Turn turn, CancellationToken cancel)
    {
        var (person, now) = (await directory.StoredSpeakerAsync(turn, cancel), turn.Now.ToInstant());
        if (turn.Argument.Length == 0)
        {
            return new TurnResult.Say(person.Deputy is { } known
                ? $"{known.Name} answers for you while you are away. Type deputy with a name to change that, or deputy nobody."
                : "You have no deputy. Type deputy with a name, for example deputy Alex.");
        }
        if (turn.Argument.Trim('.', ' ').ToLowerInvariant() is "nobody" or "none" or "no one")
        {
            await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => known! with { Deputy = null }, cancel);
            return new TurnResult.Say("You have no deputy any more. While you are away, what is asked of you waits.");
        }
        var (deputy, problem, _) = await FindAsync(turn, turn.Argument, cancel);
        var lookup = await deputies.AroundAsync(deputy ?? person, cancel);
        problem ??= DeputyRules.Refuse(person, deputy!, null, now, lookup);
        if (problem is not null)
        {
            return new TurnResult.Say(problem);
        }
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => known! with { Deputy = new Deputy(deputy!.ObjectId, deputy.Name) }, cancel);
        var warning = DeputyRules.Warn(person, deputy!, null, now, lookup);
        return new TurnResult.Say($"{deputy!.Name} answers for you while you are away.{(warning is null ? "" : $" {warning}")}");
    }

    /// <summary>For the help. What this host remembers is good enough to be reminded of.</summary>
    public static string? LineFor(Person speaker, Turn turn) =>
        AbsenceRules.At(speaker, turn.Now.ToInstant()) is { } absence ? $"You are away until {AbsenceRules.Read(absence.LastDay)}. Type i am back to end it." : null;

    // ---- card actions

    /// <summary>Reads what stands in the inputs.</summary>
    public async ValueTask<TurnResult> ReadAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.StoredSpeakerAsync(turn, cancel);
        var known = new AbsenceInputs(Picked(turn, "from"), Picked(turn, "until"));
        var meant = turn.Inputs.Text("deputy") ?? (turn.Inputs.Text("keep") is { } keep and not "none" ? keep : null);
        return await ProposeAsync(turn, person, known with { From = known.From ?? (known.Until is null ? null : Today(turn, person)) }, meant, null, cancel);
    }

    public async ValueTask<TurnResult> ConfirmPressedAsync(Turn turn, CancellationToken cancel) =>
        await ConfirmAsync(turn, await directory.StoredSpeakerAsync(turn, cancel), turn.Inputs.Text("proposal"), cancel);

    public async ValueTask<TurnResult> DropAsync(Turn turn, CancellationToken cancel)
    {
        var dropped = false;
        var person = await directory.UpdateAsync(
            turn.Tenant,
            turn.Actor.ObjectId,
            known => (dropped = known!.Proposed?.Id == turn.Inputs.Text("proposal")) ? known with { Proposed = null } : known,
            cancel);
        return new TurnResult.Show(AbsenceCards.Status(person, turn.Now.ToInstant(), dropped ? "Discarded. Nothing was changed." : "That was confirmed or discarded already."));
    }

    /// <summary>Ends the one that holds now, or takes back one that is to come.</summary>
    public async ValueTask<TurnResult> EndPressedAsync(Turn turn, CancellationToken cancel)
    {
        var (person, now) = (await directory.StoredSpeakerAsync(turn, cancel), turn.Now.ToInstant());
        var absence = AbsenceRules.Coming(person, now).FirstOrDefault(known => known.From == Picked(turn, "from"));
        return absence is null
            ? new TurnResult.Show(AbsenceCards.Status(person, now, "That was taken back already."))
            : new TurnResult.Show(AbsenceCards.Status(await EndAsync(turn, absence, cancel), now, absence.Holds(now) ? "Welcome back." : "Taken back."));
    }

    // ---- what they share

    private async ValueTask<TurnResult> ProposeAsync(Turn turn, Person person, AbsenceInputs known, string? deputyMeant, string? problem, CancellationToken cancel)
    {
        var now = turn.Now.ToInstant();
        var (deputy, deputyProblem, options) = deputyMeant is null ? (null, null, null) : await FindAsync(turn, deputyMeant, cancel);
        known = known with { Options = options, Deputy = deputy is null ? null : new Deputy(deputy.ObjectId, deputy.Name) };
        if (problem is null && known.Until is null)
        {
            // Nothing is wrong yet, so nothing is said in red.
            return deputyProblem is null ? new TurnResult.Show(AbsenceCards.Ask(known, null)) : new TurnResult.Refused(deputyProblem, AbsenceCards.Ask(known, deputyProblem));
        }
        var today = Today(turn, person);
        // An absence that began already counts from today.
        var absence = new Absence(known.From is { } from && from > today ? from : today, known.Until ?? today, Zone(person), known.Deputy);
        var lookup = await deputies.AroundAsync(deputy ?? person, cancel);
        problem ??= AbsenceRules.Refuse(person, absence, now) ?? deputyProblem ?? (deputy is null ? null : DeputyRules.Refuse(person, deputy, absence, now, lookup));
        if (problem is not null)
        {
            return new TurnResult.Refused(problem, AbsenceCards.Ask(known, problem));
        }
        var proposed = new ProposedAbsence(turn.OperationId, absence, turn.Now + DraftStore.Lifetime);
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, before => before! with { Proposed = proposed }, cancel);
        return new TurnResult.Show(AbsenceCards.Proposal(person, proposed, [.. AbsenceRules.Coming(person, now).Where(absence.Overlaps)], await WarnAsync(person, deputy, absence, now, cancel)));
    }

    private async ValueTask<TurnResult> ConfirmAsync(Turn turn, Person person, string? id, CancellationToken cancel)
    {
        var now = turn.Now.ToInstant();
        if (id is null || person.Proposed is not { } proposed || proposed.Id != id || proposed.ExpiresAt <= turn.Now)
        {
            return person.Absences is null ? new TurnResult.Refused(NothingToConfirm) : new TurnResult.Show(AbsenceCards.Status(person, now, "This is what I know."));
        }
        if (AbsenceRules.Refuse(person, proposed.Absence, now) is { } refusal)
        {
            return new TurnResult.Refused(refusal, AbsenceCards.Ask(new AbsenceInputs(proposed.Absence.From, proposed.Absence.Until, proposed.Absence.Deputy), refusal));
        }
        var stored = await directory.UpdateAsync(
            turn.Tenant, turn.Actor.ObjectId, before => before!.Proposed?.Id == id ? AbsenceRules.Add(before, proposed.Absence, now) with { Proposed = null } : before, cancel);
        return new TurnResult.Show(AbsenceCards.Status(stored, now));
    }

    private async ValueTask<Person> EndAsync(Turn turn, Absence absence, CancellationToken cancel)
    {
        var now = turn.Now.ToInstant();
        var wakeUp = new WakeUp(CameBack, PeopleStore.Partition(turn.Tenant, turn.Actor.ObjectId));
        if (absence.Holds(now))
        {
            await work.PrepareAsync(wakeUp, cancel);
        }
        var person = await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, person => AbsenceRules.Remove(person!, absence.From, now), cancel);
        if (absence.Holds(now))
        {
            work.Nudge(wakeUp);
        }
        return person;
    }

    /// <summary>A standing deputy is told of as well, when it is them who would answer.</summary>
    private async ValueTask<string?> WarnAsync(Person person, Person? deputy, Absence absence, Instant now, CancellationToken cancel)
    {
        deputy ??= person.Deputy is { } standing ? await directory.FindAsync(person.Tenant, standing.ObjectId, cancel) : null;
        return deputy is null ? null : DeputyRules.Warn(person, deputy, absence, now, await deputies.AroundAsync(deputy, cancel));
    }

    private async ValueTask<(Person? Person, string? Problem, IReadOnlyList<NameEntry>? Options)> FindAsync(Turn turn, string meant, CancellationToken cancel) =>
        await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One one => (one.Person, null, null),
            Found.TheBot => (null, "I never decide for anybody, so I cannot be your deputy. Please choose a colleague.", null),
            Found.Several several => (null, $"“{meant}” may be {string.Join(" or ", several.People.Take(4).Select(person => person.Name))}. Please choose, or type the full name.", several.People),
            Found.Nobody nobody => (null, nobody.Sentence, null),
            _ => throw new InvalidOperationException("A search for a person had no known answer."),
        };

    private (DateOnly? Date, string? Problem) Typed(Turn turn, Person person, string? typed) =>
        typed is null ? (null, null) : TypedDate.Parse(typed, turn.Now.ToInstant(), Zones.Find(Zone(person)), EndOfDay) switch
        {
            TypedDateResult.Understood understood => (understood.When.Date.ToDateOnly(), null),
            TypedDateResult.NotUnderstood not => (null, not.Sentence),
            _ => throw new InvalidOperationException("A date had no known reading."),
        };

    private static DateOnly? Picked(Turn turn, string input) =>
        DateOnly.TryParseExact(turn.Inputs.Text(input), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private DateOnly Today(Turn turn, Person person) => turn.Now.ToInstant().InZone(Zones.Find(Zone(person))).Date.ToDateOnly();

    private string Zone(Person person) => person.Zone ?? office.Zone;
}
