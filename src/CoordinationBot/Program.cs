using CoordinationBot;
using CoordinationBot.Afterwards;
using CoordinationBot.Authority;
using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Doctor;
using CoordinationBot.Feedbacks;
using CoordinationBot.Files;
using CoordinationBot.Insights;
using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.Operations;
using CoordinationBot.Overviews;
using CoordinationBot.People;
using CoordinationBot.Privacy;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Recurrences;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using CoordinationBot.Telemetry;
using CoordinationBot.Upkeep;

// Settings are read at the start and not again, so nobody need watch their files.
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. UpkeepCommands.SettingsIn(args)]);

// Several lines for every request tell nothing that matters, and cost more than the turn.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
// Its logger being on at all starts a trace for every request. Whoever collects traces still gets them; what it would log as a failure, the server and the host log too.
builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

builder.Services.AddBot(builder.Configuration);
builder.Services.AddConnector();
builder.Services.AddTurns();
builder.Services.AddStorage(builder.Configuration);
builder.Services.AddDialogs(builder.Configuration);
builder.Services.AddPeople();
builder.Services.AddAuthority();
builder.Services.AddNotices(builder.Configuration);
builder.Services.AddFiles();
builder.Services.AddCalendars(builder.Configuration);
builder.Services.AddMail(builder.Configuration);
builder.Services.AddDelegations();
builder.Services.AddRecurrences();
builder.Services.AddOverviews();
builder.Services.AddMeetings();
builder.Services.AddFeedback(builder.Configuration);
builder.Services.AddSurveys();
builder.Services.AddAfterwards();
builder.Services.AddInsights();
builder.Services.AddPrivacy();
builder.Services.AddOperations();
builder.Services.AddHealth(builder.Configuration);
builder.Services.AddTelemetry(builder.Configuration);

var (isDoctor, isUpkeep) = (args is [Examination.Argument, ..], UpkeepCommands.Has(args));
if (isDoctor || isUpkeep)
{
    // They say themselves what they find and do.
    builder.Logging.ClearProviders();
}

var app = builder.Build();
if (isDoctor)
{
    return await app.ExamineAsync(args, Console.Out);
}
if (isUpkeep)
{
    return await app.RunUpkeepAsync(args, Console.Out);
}
if (!app.OpenStorage())
{
    await app.DisposeAsync();
    return 1;
}

var routes = app.Services.GetRequiredService<RouteTable>();
routes.MapPeople(app.Services);
// In the order of the help: work first, then what helps with typing.
routes.MapDelegations(app.Services);
routes.MapRecurrences(app.Services);
routes.MapOverviews(app.Services);
routes.MapMeetings(app.Services);
routes.MapFeedback(app.Services);
routes.MapSurveys(app.Services);
routes.MapAfterwards(app.Services);
routes.MapInsights(app.Services);
routes.MapAbsences(app.Services);
routes.MapAuthority(app.Services);
routes.MapOperations(app.Services);
routes.MapNotices(app.Services);
routes.MapCalendars(app.Services);
routes.MapPrivacy(app.Services);
routes.MapDialogs(app.Services);

app.MapBot();
app.MapHealth();
app.MapFiles();

// What only the start needed is given back: a host at rest would keep it for hours.
app.Lifetime.ApplicationStarted.Register(static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive));
var log = app.Services.GetRequiredService<ILogger<ITables>>();
try
{
    await app.RunAsync();
    return 0;
}
catch (StorageException failure)
{
    log.NotOpened(failure.Message);
    return 1;
}
