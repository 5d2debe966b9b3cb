using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Calendars;

/// <summary><c>hours</c> and <c>zone</c>: when and where somebody works.</summary>
internal sealed class HoursHandlers(PeopleDirectory directory, OfficeOptions office)
{
    public async ValueTask<TurnResult> HoursAsync(Turn turn, CancellationToken cancel)
    {
        var typed = turn.Argument.Trim('.', ' ').ToLowerInvariant();
        if (typed.Length == 0)
        {
            return new TurnResult.Open(Card(await directory.StoredSpeakerAsync(turn, cancel), turn, null, null));
        }
        return (typed is "office" or "default" ? await OfficeAsync(turn, cancel) : await SetAsync(turn, HoursSentence.Parse(turn.Argument), cancel)).AsMessage();
    }

    public async ValueTask<TurnResult> ZoneAsync(Turn turn, CancellationToken cancel)
    {
        var typed = turn.Argument.Trim('.', ' ').ToLowerInvariant();
        if (typed.Length == 0)
        {
            return new TurnResult.Open(Card(await directory.StoredSpeakerAsync(turn, cancel), turn, null, null));
        }
        return (typed is "auto" or "automatic" or "teams" ? await AutoAsync(turn, cancel) : await SetZoneAsync(turn, turn.Argument, cancel)).AsMessage();
    }

    public ValueTask<TurnResult> SavePressedAsync(Turn turn, CancellationToken cancel)
    {
        IsoDayOfWeek[] days = [.. (turn.Inputs.Text("days") ?? "").Split(',').Select(day => Enum.TryParse<IsoDayOfWeek>(day, out var known) && Enum.IsDefined(known) ? known : IsoDayOfWeek.None).Where(day => day != IsoDayOfWeek.None).Distinct().Order()];
        var (hours, problem) = HoursSentence.Parse($"{turn.Inputs.Text("from")}-{turn.Inputs.Text("until")}");
        return SetAsync(turn, days.Length == 0 ? (null, "Please choose at least one day.") : (hours is null ? null : hours with { Days = days }, problem), cancel);
    }

    public ValueTask<TurnResult> SaveZonePressedAsync(Turn turn, CancellationToken cancel) => SetZoneAsync(turn, turn.Inputs.Text("zone") ?? "", cancel);

    public ValueTask<TurnResult> OfficeAsync(Turn turn, CancellationToken cancel) => ChangeAsync(turn, known => known with { Hours = null }, "You work when the office does.", cancel);

    public ValueTask<TurnResult> AutoAsync(Turn turn, CancellationToken cancel) =>
        ChangeAsync(turn, known => known with { ZoneIsChosen = false, Zone = turn.Zone ?? known.Zone }, "I follow the zone of your Teams.", cancel);

    private async ValueTask<TurnResult> SetAsync(Turn turn, (WorkHours? Hours, string? Problem) read, CancellationToken cancel) => read.Hours is { } hours
        ? await ChangeAsync(turn, known => known with { Hours = hours }, "Noted. I look for times and tell you things in these hours.", cancel)
        : await RefusedAsync(turn, read.Problem!, cancel);

    private async ValueTask<TurnResult> SetZoneAsync(Turn turn, string typed, CancellationToken cancel) => TypedZone.Parse(typed) switch
    {
        ({ } zone, _) => await ChangeAsync(turn, known => known with { Zone = zone, ZoneIsChosen = true }, $"Noted: you are in {zone}.", cancel),
        (_, var problem) => await RefusedAsync(turn, problem!, cancel),
    };

    private async ValueTask<TurnResult> ChangeAsync(Turn turn, Func<Person, Person> change, string news, CancellationToken cancel) =>
        new TurnResult.Show(Card(await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => change(known!), cancel), turn, news, null));

    private async ValueTask<TurnResult> RefusedAsync(Turn turn, string problem, CancellationToken cancel) =>
        new TurnResult.Refused(problem, Card(await directory.StoredSpeakerAsync(turn, cancel), turn, null, problem));

    private Protocol.Cards.AdaptiveCard Card(Person person, Turn turn, string? news, string? problem) =>
        HoursCards.Status(person, WorkTimes.Of(person, office), Zones.Find(person.Zone ?? office.Zone), turn.Now.ToInstant(), news, problem);
}
