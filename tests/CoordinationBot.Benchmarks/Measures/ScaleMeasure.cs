using System.Globalization;
using System.Runtime.InteropServices;
using CoordinationBot.Benchmarks.Channel;
using CoordinationBot.Benchmarks.Hosts;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>
/// A large organisation on paper: what its turns ask of the store, by the calls that a real host was seen to make and the product's own keys, and what that costs. Measured
/// are calls and CPU; assumed are the people's habits, the prices, and that a core there is one of this machine.
/// </summary>
internal static class ScaleMeasure
{
    private const int TurnsOfAPerson = 5;
    private const int DelegationsOfAPerson = 10;

    /// <summary>One person in so many leads.</summary>
    private const int Led = 10;

    /// <summary>Of a day's turns, those that change something.</summary>
    private const double Actions = 0.5;

    /// <summary>Of a day's turns, those in its busiest hour.</summary>
    private const double BusiestHour = 0.2;

    /// <summary>Of a host's CPU, how much of it is to be used then.</summary>
    private const double Load = 0.6;
    private const int WorkingDays = 22;
    private const double Days = 30.4;

    // Azure's limits: learn.microsoft.com, scalability targets of Table and Queue storage.
    private const double PartitionLimit = 2_000;
    private const double AccountLimit = 20_000;
    private const double QueueLimit = 2_000;

    /// <summary>So many times as much is to fit below a limit: an hour is not even.</summary>
    private const double Burst = 10;

    /// <summary>
    /// Messages a second that all hosts together send without anybody waiting for them, by default of <c>Notices:PerSecond</c>. Teams takes 30 from one app in a tenant (its
    /// documentation also names 50), and answers are among them.
    /// </summary>
    private const double NoticesPerSecond = 20;

    // As deploy/main.bicep has it, and US dollars without discounts, as remembered in November 2026: to be checked before anybody relies on them.
    private const double HostCores = 0.5;
    private const double HostGigabytes = 1;
    private const double CoreSecond = 0.000024;
    private const double GigabyteSecond = 0.000003;
    private const double MillionRequests = 0.40;
    private const double TenThousandTableCalls = 0.00036;
    private const double TenThousandQueueCalls = 0.004;
    private const double StoredGigabyte = 0.06;
    private const double LoggedGigabyte = 2.76;

    /// <summary>In bytes: a delegation with its history, cards, lists and notices; and what is logged of a turn.</summary>
    private const double Stored = 30_000;
    private const double Logged = 500;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        var costs = await TurnMeasure.CloudAsync(table, folder, isQuick);
        table.Add("Scale: calls of a card action with all that follows, tables and queue", $"{TableCalls(costs.Action)}, {QueueCalls(costs.Action)}");
        foreach (var people in new[] { 100, 10_000, 100_000 })
        {
            Simulate(table, costs, people);
        }
    }

    private static void Simulate(FigureTable table, TurnCosts costs, int people)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Scale, {people:N0} people");
        var (turns, delegations) = (people * TurnsOfAPerson, people * DelegationsOfAPerson);
        var (ids, again) = Ids(delegations);
        table.Add($"{name}: partitions", Number(ids.Length + people));
        table.Add($"{name}: delegations whose id was taken at first", Number(again));

        var random = new Random(1);
        var hour = (int)(turns * BusiestHour);
        var rows = new Dictionary<(string Partition, int Second), int>();
        var (inSecond, queued) = (new int[3600 + Late], new int[3600 + Late]);
        for (var turn = 0; turn < hour; turn++)
        {
            var second = random.Next(3600);
            var delegation = random.Next(delegations);
            var isAction = random.NextDouble() < Actions;
            var recorded = isAction ? costs.Action : costs.Help;
            string Partition(string seen) => Of(seen, isAction, ids, delegation, people);
            foreach (var (call, at) in recorded.Turn.Concat(recorded.After).Select(call => (call, second)).Concat(recorded.Later.Select(call => (call, second + Late - 1))))
            {
                if (call.Kind == "enqueue")
                {
                    queued[at]++;
                }
                if (Rows(call) is var asked and > 0)
                {
                    inSecond[at] += asked;
                    CollectionsMarshal.GetValueRefOrAddDefault(rows, (Partition(call.Partition), at), out _) += asked;
                }
            }
        }
        // Each open delegation has a wake-up ahead, which is put back before the queue would forget it.
        var waiting = delegations / AzureWorkQueue.LongestHide.TotalSeconds;
        table.Add($"{name}: turns/s in the busiest hour", Number(hour / 3600.0));
        table.AtMost($"{name}: rows/s of the hottest partition", rows.Values.Max(), PartitionLimit / Burst);
        table.AtMost($"{name}: rows/s of the account in its busiest second", inSecond.Max(), AccountLimit / Burst);
        table.AtMost($"{name}: wake-ups/s in the busiest second, with those that wait", queued.Max() + waiting, QueueLimit / Burst);
        table.Add($"{name}: minutes until everybody has had their morning's message, at {NoticesPerSecond}/s", Number(Math.Ceiling(people / NoticesPerSecond / 60)));

        var cpu = (costs.ActionCpu * Actions) + (costs.HelpCpu * (1 - Actions));
        var hosts = Math.Max(2, Math.Ceiling(hour / 3600.0 * cpu / (HostCores * Load)));
        table.Add($"{name}: hosts of {HostCores} cores, {Load:P0} used in the busiest hour", Number(hosts));
        Cost(table, name, costs, turns, delegations, hosts);
    }

    private static void Cost(FigureTable table, string name, TurnCosts costs, int turns, int delegations, double hosts)
    {
        var seconds = Days * 86_400;
        var monthly = (double)turns * WorkingDays;
        double Mean(Func<RecordedTurn, int> count) => (count(costs.Action) * Actions) + (count(costs.Help) * (1 - Actions));
        // A wake-up is sent, received and deleted; and a host that has nothing to do looks again and again.
        var queue = (monthly * Mean(QueueCalls) * 3) + (delegations / AzureWorkQueue.LongestHide.TotalSeconds * seconds * 3) + (hosts * seconds / StorageFeature.CloudPolling.Longest.TotalSeconds);
        var compute = hosts * seconds * ((HostCores * CoreSecond) + (HostGigabytes * GigabyteSecond));
        var requests = monthly / 1e6 * MillionRequests;
        var storage = (monthly * Mean(TableCalls) / 1e4 * TenThousandTableCalls) + (queue / 1e4 * TenThousandQueueCalls) + (delegations * Stored / 1e9 * StoredGigabyte);
        var logs = monthly * Logged / 1e9 * LoggedGigabyte;
        table.Add(
            $"{name}: dollars a month",
            string.Create(CultureInfo.InvariantCulture, $"{compute + requests + storage + logs:#,0} (hosts {compute + requests:#,0}, storage {storage:#,0.##}, logs {logs:#,0.##})"));
    }

    /// <summary>From a turn to what its first wake-up finds.</summary>
    private static int Late => (int)WorkScheduler.Ahead.TotalSeconds + 1;

    private static int TableCalls(RecordedTurn turn) => All(turn).Count(call => call.Kind is "get" or "query" or "commit");

    private static int QueueCalls(RecordedTurn turn) => All(turn).Count(call => call.Kind == "enqueue");

    private static IEnumerable<RecordedCall> All(RecordedTurn turn) => [.. turn.Turn, .. turn.After, .. turn.Later];

    // Azure counts each row of a transaction and of an answer.
    private static int Rows(RecordedCall call) => call.Kind switch
    {
        "get" => 1,
        "query" => Math.Max(1, call.Rows),
        "commit" => call.Changes!.Count,
        _ => 0,
    };

    private static (string[] Ids, int Again) Ids(int count)
    {
        var taken = new HashSet<string>(count);
        var ids = new string[count];
        var again = 0;
        for (var number = 0; number < count; number++)
        {
            for (var attempt = 0; !taken.Add(ids[number] = ReadableIds.From('D', Office.Tenant, string.Create(CultureInfo.InvariantCulture, $"origin {number}"), attempt)); attempt++)
            {
                again++;
            }
        }
        return (ids, again);
    }

    /// <summary>The partition of this turn that plays the part which the recorded one played. What is neither the delegation's nor a person's is everybody's.</summary>
    private static string Of(string seen, bool isAction, string[] ids, int delegation, int people)
    {
        if (!isAction)
        {
            return seen == PeopleStore.Partition(Office.Tenant, Office.ObjectId(Office.Workers)) ? Person(delegation % people) : seen;
        }
        if (seen == DelegationStore.Partition(Office.Tenant, Office.DelegationId(0)))
        {
            return DelegationStore.Partition(Office.Tenant, ids[delegation]);
        }
        if (seen == PeopleStore.Partition(Office.Tenant, Office.ObjectId(Office.LeaderOf(0))))
        {
            // A few lead many: the square gives the first of ten thousand a hundredth of it all.
            var share = delegation / (double)ids.Length;
            return Person((int)(share * share * (people / Led)));
        }
        return seen == PeopleStore.Partition(Office.Tenant, Office.ObjectId(Office.AssigneeOf(0))) ? Person(delegation % people) : seen;
    }

    private static string Person(int number) => PeopleStore.Partition(Office.Tenant, Office.ObjectId(number));

    private static string Number(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);
}
