using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Direction;

/// <summary>
/// Protocol and Storage ← People and Dialogs ← Authority ← Notices ← Files ← Calendars ← Mail ← Delegations ← Recurrences ← Overviews ← Meetings ← Feedbacks ← Surveys ← Afterwards ← Insights ← Privacy ← Operations ← Telemetry ← Doctor ← Upkeep ← Program: left never imports right. What decides knows neither the cloud, the
/// web, the wire nor a clock.
/// </summary>
public class DirectionTests
{
    private const string Root = "CoordinationBot";

    private static readonly Architecture Built = new ArchLoader().LoadAssemblies(typeof(ITables).Assembly, typeof(Turn).Assembly).Build();

    // From left to right; what stands together may use each other. A new feature folder must be put in its place.
    private static readonly string[][] Order =
    [
        [$"{Root}.Protocol", $"{Root}.Storage"],
        [$"{Root}.People", $"{Root}.Dialogs"],
        [$"{Root}.Authority"],
        [$"{Root}.Notices"],
        [$"{Root}.Files"],
        [$"{Root}.Calendars"],
        [$"{Root}.Mail"],
        [$"{Root}.Delegations"],
        [$"{Root}.Recurrences"],
        [$"{Root}.Overviews"],
        [$"{Root}.Meetings"],
        [$"{Root}.Feedbacks"],
        [$"{Root}.Surveys"],
        [$"{Root}.Afterwards"],
        [$"{Root}.Insights"],
        [$"{Root}.Privacy"],
        [$"{Root}.Operations"],
        [$"{Root}.Telemetry"],
        [$"{Root}.Doctor"],
        [$"{Root}.Upkeep"],
        [Root],
    ];

    private static readonly string[] Nouns =
        ["Delegation", "Due", "Step", "Completion", "Terms", "Question", "TermsChange", "ChangeRequest", "HistoryEntry", "Silence", "Missing", "DueMoment", "Outcome", "Tell", "Act", "DelegationLimits", "Inquiry", "Option", "Comment"];

    private static IEnumerable<IType> Ours => Built.Types.Where(type => Within(type, Root));

    [Fact]
    public void Every_namespace_has_its_place() =>
        Assert.DoesNotContain(-1, Ours.Select(Place));

    [Fact]
    public void Left_never_imports_right() =>
        Holds(Ours, (from, to) => Within(to, Root) && Place(to) > Place(from));

    [Fact]
    public void The_protocol_and_the_storage_do_not_know_each_other()
    {
        Holds(Ours.Where(type => Within(type, $"{Root}.Protocol")), (_, to) => Within(to, Root) && !Within(to, $"{Root}.Protocol"));
        Holds(Ours.Where(type => Within(type, $"{Root}.Storage")), (_, to) => Within(to, Root) && !Within(to, $"{Root}.Storage"));
    }

    [Fact]
    public void Nouns_and_rules_are_pure()
    {
        string[] impure = ["Azure", "Microsoft", $"{Root}.Protocol", $"{Root}.Storage", $"{Root}.People", $"{Root}.Dialogs", $"{Root}.Notices", "System.Net", "System.IO", "System.TimeProvider", "System.Random", "System.Guid", "System.Threading"];
        var pure = Ours.Where(type => Outer(type) is var name && (name.EndsWith("Rules", StringComparison.Ordinal) || Nouns.Contains(name)) && Within(type, $"{Root}.Delegations")).ToList();

        Assert.All(Nouns, noun => Assert.Contains(pure, type => Outer(type) == noun));
        Assert.All((string[])["DelegationRules", "OfferRules", "StepRules", "ChangeRules", "QuestionRules", "InquiryRules", "ChoiceRules"], rules => Assert.Contains(pure, type => type.Name == rules));
        // The words for an instant are as pure as the rules that say them, and so is a person's calendar, which is one of the values that they are given.
        string[] harmless = [$"{Root}.Dialogs.Zones", $"{Root}.People.WorkCalendar"];
        Holds(pure, (_, to) => !harmless.Contains(to.FullName) && Array.Exists(impure, name => Within(to, name)));
    }

    [Fact]
    public void What_a_meeting_is_made_of_is_pure()
    {
        string[] impure = ["Azure", "Microsoft", $"{Root}.Protocol", $"{Root}.Storage", $"{Root}.People", $"{Root}.Dialogs", $"{Root}.Notices", $"{Root}.Mail", "System.Net", "System.IO", "System.TimeProvider", "System.Random", "System.Guid", "System.Threading"];
        string[] nouns = ["Meeting", "Invitee", "MeetingTime", "MeetingWindow", "MeetingOutcome", "MeetingTell", "MeetingDetails", "MeetingSeat", "Agenda", "AgendaItem", "Minutes", "MinutesEntry", "MinutesSection", "MinutesVersion", "Correction", "BriefPlan"];
        string[] rules = ["MeetingRules", "MeetingChangeRules", "ReplyRules", "OverlapRules", "SeatRules", "DayRules", "AgendaRules", "MinutesRules", "CirculationRules", "BriefRules"];
        var pure = Ours.Where(type => Within(type, $"{Root}.Meetings") && (nouns.Contains(Outer(type)) || rules.Contains(Outer(type)))).ToList();

        Assert.All(nouns.Concat(rules), name => Assert.Contains(pure, type => Outer(type) == name));
        // The words for an instant, which answer a card showed, somebody's hours, and the name of what a notice is about are values.
        string[] harmless = [$"{Root}.Dialogs.Zones", $"{Root}.Dialogs.LastAnswer", $"{Root}.People.WorkTimes", $"{Root}.People.WorkCalendar", $"{Root}.People.NoticeKind", "System.Guid"];
        Holds(pure, (_, to) => !harmless.Contains(to.FullName) && Array.Exists(impure, name => Within(to, name)));
    }

    [Fact]
    public void What_authority_is_made_of_is_pure()
    {
        string[] impure = ["Azure", "Microsoft", $"{Root}.Protocol", $"{Root}.Storage", $"{Root}.People", $"{Root}.Dialogs", "System.Net", "System.IO", "System.TimeProvider", "System.Random", "System.Guid", "System.Threading"];
        string[] nouns = ["Party", "Clause", "Money", "Mandate", "Policy", "Authorities", "MandateEntry", "PolicyEntry", "AdministratorEntry", "AuthorityRecord", "AuthorityChange", "AuthorityOutcome", "AuthorityRules"];
        var pure = Ours.Where(type => Within(type, $"{Root}.Authority") && nouns.Contains(Outer(type))).ToList();

        Assert.All(nouns, noun => Assert.Contains(pure, type => Outer(type) == noun));
        // The words for an amount are as pure as the amount.
        Holds(pure, (_, to) => to.FullName != $"{Root}.Dialogs.TypedMoney" && Array.Exists(impure, name => Within(to, name)));
    }

    [Fact]
    public void Only_the_storage_knows_its_clients() =>
        Holds(
            Ours.Where(type => !Within(type, $"{Root}.Storage") || type.Name is "ITables" or "IWorkQueue" or "Row" or "Change" or "JsonRows" or "WorkLoop" or "WorkScheduler" or "PoisonRows" or "TableLimits"),
            (_, to) => Within(to, "Azure.Data") || Within(to, "Azure.Storage") || Within(to, "Microsoft.Data") || Within(to, "SQLitePCL"));

    private static void Holds(IEnumerable<IType> types, Func<IType, IType, bool> isForbidden)
    {
        var checkedTypes = types.ToList();
        Assert.NotEmpty(checkedTypes);
        Assert.Empty(checkedTypes.SelectMany(from => from.Dependencies.Where(use => isForbidden(from, use.Target)).Select(use => $"{from.FullName} uses {use.Target.FullName}")).Distinct());
    }

    /// <summary>Program, which has no namespace, and what stands beside it are the last.</summary>
    private static int Place(IType type) =>
        Array.FindIndex(Order, names => Array.Exists(names, name => name == Root ? type.Namespace.FullName is Root or "" : Within(type, name)));

    private static bool Within(IType type, string name) =>
        type.FullName == name || type.FullName.StartsWith(name + ".", StringComparison.Ordinal);

    /// <summary>The name of the outermost type: nested ones, the compiler's among them, belong to it.</summary>
    private static string Outer(IType type) => type.FullName[(type.Namespace.FullName.Length + 1)..].Split('+', '/')[0];
}
