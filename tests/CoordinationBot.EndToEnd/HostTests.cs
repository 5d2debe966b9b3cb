using CoordinationBot.EndToEnd.Client;
using CoordinationBot.Playground.Hubs;
using CoordinationBot.Playground.People;

namespace CoordinationBot.EndToEnd;

/// <summary>The real host in an office with authentication on: signed activities in, tokens out.</summary>
public sealed class HostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bot_answers_signed_activities_with_its_own_token_and_refuses_others()
    {
        await using var office = await Office.StartAsync(new OfficeOptions { People = [Cast.Maria] }, Cancel);
        var maria = office[Cast.Maria];
        await maria.SayAsync("help");
        await maria.WaitForTextAsync("delegate");
        await maria.ScreenshotAsync("host-help");
        Assert.Contains(office.Hub.Traffic.FromBot, e => e is { Method: "POST", Status: 201 });

        office.Hub.Authentication!.Sends = TokenKind.WrongAudience;
        var since = office.Hub.Traffic.Latest;
        await maria.SayAsync("help");
        Assert.Equal(401, (await office.Hub.Traffic.WaitForAsync(e => e is { Direction: ExchangeDirection.ToBot, Type: "message" }, since, cancel: Cancel)).Status);
        await maria.HearNothingAsync();
    }
}
