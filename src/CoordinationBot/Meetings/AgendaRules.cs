using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>What may be done with an agenda, by whom and until when.</summary>
internal static class AgendaRules
{
    public const int MostItems = 40;
    public const int LongestTitle = 200;
    public const int LongestItem = 480;

    private const string NotWhileCancelled = "Nothing was changed: the meeting was cancelled.";

    /// <summary>Puts something on it, at the end. The same thing again is there already, so that a button pressed twice adds it once.</summary>
    /// <param name="meeting">As it is.</param>
    /// <param name="actor">Who adds it.</param>
    /// <param name="title">What, as typed.</param>
    /// <param name="owner">The key of who leads it; null: whoever adds it.</param>
    /// <param name="minutes">How long; null: none was understood.</param>
    /// <param name="now">When.</param>
    public static MeetingOutcome Add(Meeting meeting, string actor, string? title, string? owner, int? minutes, DateTimeOffset now)
    {
        title = title?.ReplaceLineEndings(" ").Trim();
        var leads = FindParty(meeting, owner ?? actor);
        if (Bar(meeting, actor, now) is { } bar)
        {
            return bar;
        }
        if (leads is null)
        {
            return Refuse(meeting, "It was not added: whoever leads an item must take part in the meeting.");
        }
        if (CheckItem(title, minutes) is { } unfit)
        {
            return Refuse(meeting, unfit);
        }
        var agenda = meeting.Agenda;
        if (agenda.Items.Any(item => item.Title == title && item.Owner.ObjectId == leads.ObjectId && item.Minutes == minutes))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        return agenda.Items.Count >= MostItems
            ? Refuse(meeting, $"It was not added: there are {MostItems} items already, and more than that no meeting holds. Please put several under one title, or plan a second meeting.")
            : Changed(meeting, actor, agenda with { Items = [.. agenda.Items, new AgendaItem(IdOf(agenda.Next), title!, leads, minutes!.Value)], Next = agenda.Next + 1 }, now, $"Put on the agenda: {title}");
    }

    /// <summary>Takes something off it: the organiser, or whoever leads it. What is off already stays off.</summary>
    public static MeetingOutcome Remove(Meeting meeting, string actor, string? itemId, DateTimeOffset now)
    {
        if (Bar(meeting, actor, now) is { } bar)
        {
            return bar;
        }
        var item = meeting.Agenda.Items.FirstOrDefault(known => known.Id == itemId);
        return item is null ? new MeetingOutcome.Unchanged(meeting)
            : actor != meeting.Organiser.ObjectId && actor != item.Owner.ObjectId ? Refuse(meeting, $"It stays on the agenda: only {meeting.Organiser.Name}, who organises the meeting, or {item.Owner.Name}, who leads the item, can take it off.")
            : Changed(meeting, actor, meeting.Agenda with { Items = [.. meeting.Agenda.Items.Where(known => known.Id != itemId)] }, now, $"Took off the agenda: {item.Title}");
    }

    /// <summary>Puts an item at a place, 1 is the first. It names the place and not the way there, so that a button pressed twice moves it once.</summary>
    public static MeetingOutcome Place(Meeting meeting, string actor, string? itemId, int? place, DateTimeOffset now)
    {
        var items = meeting.Agenda.Items;
        if (BarOrganiser(meeting, actor, "put it in another order", now) is { } bar)
        {
            return bar;
        }
        if (items.FirstOrDefault(known => known.Id == itemId) is not { } item)
        {
            return Refuse(meeting, "Nothing was changed: that item is no longer on the agenda.");
        }
        if (place is not { } wanted || wanted < 1 || wanted > items.Count)
        {
            return Refuse(meeting, $"Nothing was changed: please give a place from 1 to {items.Count}.");
        }
        List<AgendaItem> ordered = [.. items.Where(known => known.Id != itemId)];
        ordered.Insert(wanted - 1, item);
        return ordered.SequenceEqual(items) ? new MeetingOutcome.Unchanged(meeting) : Changed(meeting, actor, meeting.Agenda with { Items = ordered }, now, $"Put at place {wanted} of the agenda: {item.Title}");
    }

    /// <summary>Until when others may add; null: until it begins.</summary>
    public static MeetingOutcome Close(Meeting meeting, string actor, DateTimeOffset? cutOff, DateTimeOffset now) =>
        BarOrganiser(meeting, actor, "say until when items are collected", now) is { } bar ? bar
        : cutOff <= now ? Refuse(meeting, "Nothing was changed: that time has passed. To collect no more, choose a moment that is just ahead.")
        : cutOff is not null && meeting.Time is { } time && cutOff > time.Start ? Refuse(meeting, $"Nothing was changed: the meeting begins before that, {Zones.Read(time.Start, time.Zone)}.")
        : cutOff == meeting.Agenda.CutOff ? new MeetingOutcome.Unchanged(meeting)
        : Changed(meeting, actor, meeting.Agenda with { CutOff = cutOff }, now, cutOff is { } until ? $"Collects items until {Zones.Read(until, ZoneOf(meeting))}" : "Collects items until it begins");

    /// <summary>Offers what stayed open last time a place at the beginning.</summary>
    public static MeetingOutcome CarryOver(Meeting meeting, string actor, string from, int minutes, DateTimeOffset now)
    {
        var title = $"Open from last time ({from})";
        if (BarOrganiser(meeting, actor, "do that", now) is { } bar)
        {
            return bar;
        }
        if (meeting.Agenda.Items.Any(item => item.Title == title))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var added = Add(meeting, actor, title, actor, minutes, now);
        return added is MeetingOutcome.Changed changed
            ? changed with { State = added.State with { Agenda = added.State.Agenda with { Items = [added.State.Agenda.Items[^1], .. meeting.Agenda.Items] } } }
            : added;
    }

    /// <summary>By how many minutes the items are longer than the meeting; 0: they fit.</summary>
    public static int Excess(Meeting meeting) => Math.Max(0, meeting.Agenda.Minutes - meeting.Minutes);

    /// <summary>Whether somebody may still add something.</summary>
    public static bool IsOpenTo(Meeting meeting, string actor, DateTimeOffset now) => Bar(meeting, actor, now) is null;

    public static Party? FindParty(Meeting meeting, string key) =>
        meeting.Organiser.ObjectId == key ? meeting.Organiser : meeting.Find(key) is { } invitee ? new Party(invitee.Key, invitee.Name) : null;

    public static bool HasBegun(Meeting meeting, DateTimeOffset now) => meeting.Time is { } time && time.Start <= now;

    private static string? CheckItem(string? title, int? minutes) =>
        string.IsNullOrEmpty(title) ? "Please write what the item is about. For example: Budget review, 15 min, Alex"
        : title.Length > LongestTitle ? string.Create(CultureInfo.InvariantCulture, $"It was not added: that title has {title.Length:N0} characters, and at most {LongestTitle} fit. Please shorten it; details can go into the minutes.")
        : minutes is not { } length || length is < 1 or > LongestItem ? $"It was not added: please say how long it takes, from 1 to {LongestItem} minutes. For example: Budget review, 15 min"
        : null;

    private static MeetingOutcome.Unchanged? Bar(Meeting meeting, string actor, DateTimeOffset now) =>
        meeting.State == MeetingState.Cancelled ? Refuse(meeting, NotWhileCancelled)
        : !meeting.Includes(actor) ? Refuse(meeting, "Nothing was changed: only those who take part can do that.")
        : HasBegun(meeting, now) ? Refuse(meeting, "Nothing was changed: the meeting has begun. What comes up now goes into its minutes.")
        : actor != meeting.Organiser.ObjectId && meeting.Agenda.CutOff is { } cutOff && cutOff <= now ? Refuse(meeting, $"Nothing was changed: the agenda was closed {Zones.Read(cutOff, ZoneOf(meeting))}. Please ask {meeting.Organiser.Name}, who can still change it.")
        : null;

    private static MeetingOutcome.Unchanged? BarOrganiser(Meeting meeting, string actor, string what, DateTimeOffset now) =>
        Bar(meeting, actor, now) is { } bar ? bar
        : actor != meeting.Organiser.ObjectId ? Refuse(meeting, $"Nothing was changed: only {meeting.Organiser.Name}, who organises the meeting, can {what}.")
        : null;

    private static string ZoneOf(Meeting meeting) => meeting.Time?.Zone ?? meeting.Window.Zone;

    private static MeetingOutcome.Unchanged Refuse(Meeting meeting, string sentence) => new(meeting, sentence);

    private static MeetingOutcome.Changed Changed(Meeting meeting, string actor, Agenda agenda, DateTimeOffset now, string what) =>
        MeetingRules.Changed(meeting with { Agenda = agenda }, FindParty(meeting, actor)!, now, what);

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"I{number}");
}
