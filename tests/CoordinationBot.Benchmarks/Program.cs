using System.Reflection;
using CoordinationBot.Benchmarks.Hosts;
using CoordinationBot.Benchmarks.Measures;
using CoordinationBot.Benchmarks.Report;

// What the bot costs, beside what it may cost. Ratios come from rounds that take turns in one run, since the machine is never quite quiet.
// This program is also the two processes that it measures: the real host, and a bare endpoint that does the same storage calls.
switch (args.FirstOrDefault())
{
    case HostChild.Name:
        return await HostChild.RunAsync(args[1..]);
    case BareChild.Name:
        return await BareChild.RunAsync(args[1..]);
}

var reportOnly = args.Contains("--report-only");
var what = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).DefaultIfEmpty("all").ToArray();
string[] known = ["turns", "cloud", "scale", "storage", "overview", "rules", "slots", "wake-ups", "surveys", "themes", "memory", "order", "all"];
if (what.Except(known).Any())
{
    Console.Error.WriteLine($"Usage: {Assembly.GetExecutingAssembly().GetName().Name} [{string.Join('|', known)}] [--report-only] [--quick]");
    return 2;
}

bool Asked(string one) => what.Contains(one) || what.Contains("all");
var isQuick = args.Contains("--quick");
var table = new FigureTable();
var machine = MachineLoad.Now();
using var folder = new TemporaryFolder();
if (Asked("storage"))
{
    await StorageMeasure.RunAsync(table, folder, isQuick);
}
if (Asked("overview"))
{
    await OverviewMeasure.RunAsync(table, folder, isQuick);
}
if (Asked("rules"))
{
    RulingMeasure.Run(table);
}
if (Asked("slots"))
{
    SlotMeasure.Run(table);
}
if (Asked("themes"))
{
    ThemeMeasure.Run(table);
}
if (Asked("wake-ups"))
{
    await WakeUpMeasure.RunAsync(table, folder, isQuick);
}
if (Asked("surveys"))
{
    await SurveyMeasure.RunAsync(table, folder, isQuick);
}
if (Asked("order"))
{
    await OrderMeasure.RunAsync(table, folder);
}
if (Asked("turns"))
{
    await TurnMeasure.RunAsync(table, folder, isQuick);
}
if (Asked("scale"))
{
    // With what turns cost over the cloud's storage.
    await ScaleMeasure.RunAsync(table, folder, isQuick);
}
else if (Asked("cloud"))
{
    await TurnMeasure.CloudAsync(table, folder, isQuick);
}
if (Asked("memory"))
{
    await ProcessMeasure.RunAsync(table, folder, isQuick);
}
var others = machine.OthersSince();
table.Print(Console.Out);
Console.WriteLine($"Other programs used {others:P0} of the machine ({Environment.ProcessorCount} processors) meanwhile{(others > MachineLoad.Quiet ? ": not a quiet run, its verdict does not count." : ".")}");
return table.AnyMissed && !reportOnly && others <= MachineLoad.Quiet ? 1 : 0;
