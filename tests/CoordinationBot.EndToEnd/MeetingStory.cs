using System.Text.RegularExpressions;

namespace CoordinationBot.EndToEnd;

/// <summary>Meetings as people hold them in the real client: found, asked about, scheduled, answered, moved, prepared; every picture is kept in artifacts/screenshots.</summary>
public sealed partial class MeetingStory(RealOffice fixture) : Story(fixture), IClassFixture<RealOffice>
{
    [Fact]
    public async Task A_meeting_is_asked_for_in_a_sentence_found_answered_moved_and_cancelled()
    {
        await Alex.SayAsync("calendar here");
        await Alex.WaitForCardAsync("Where nothing stands you are free");
        await Alex.ScreenshotAsync("120 my calendar");

        await Maria.SayAsync("meet Alex and Adele 45 min next week about the budget, outside: kim@contoso.example");
        var meeting = await Maria.WaitForCardAsync("Nobody is told yet: you choose.");
        await Maria.ScreenshotAsync("121 a meeting as it was understood");
        await Maria.ClickAsync(meeting, "Find times");
        await Maria.WaitForCardAsync("Take it");
        await Maria.ScreenshotAsync("122 times to choose from");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("123 times on a phone", meeting);
        await Maria.UseDeskSizeAsync();
        await KillAndRestartAsync();
        await Maria.ClickAsync(meeting, "Take it");
        await Maria.WaitForCardAsync("No answer yet");
        await Maria.ScreenshotAsync("124 it is scheduled");

        var alex = await Alex.FindCardAsync("Maria Santos invites you to this meeting.");
        await Alex.ScreenshotAsync("125 an invitation");
        await Alex.UsePhoneSizeAsync();
        await Alex.ScreenshotAsync("126 an invitation on a phone", alex);
        await Alex.UseDeskSizeAsync();
        await Alex.ClickAsync(alex, "Accept");
        await Alex.WaitForCardAsync("you accepted");
        var adele = await Adele.FindCardAsync("Maria Santos invites you to this meeting.");
        await Adele.FillAsync(adele, [KeyValuePair.Create("comment", "I am at the dentist")]);
        await Adele.ClickAsync(adele, "Decline");
        await Maria.FindCardAsync("Adele Novak: I am at the dentist");
        await Maria.ScreenshotAsync("127 who comes");

        var current = await Maria.FindCardAsync("Find another time");
        await Maria.ClickAsync(current, "Find another time");
        var times = await Maria.WaitForCardAsync("Keep it as it is");
        await Maria.ScreenshotAsync("128 another time");
        await Maria.ClickAsync(times, "Take it");
        await Alex.FindCardAsync("Maria Santos moved this meeting, please answer again.");
        await Alex.ScreenshotAsync("129 it was moved");
        await Alex.SayAsync("my meetings");
        await Alex.WaitForCardAsync("the budget");
        await Alex.ScreenshotAsync("130 my meetings");
        await Alex.SayAsync("today");
        await Alex.WaitForCardAsync("Today");
        await Alex.ScreenshotAsync("131 today");

        current = await Maria.FindCardAsync("Cancel it…");
        await Maria.ClickAsync(current, "Cancel it…");
        await Maria.WaitForCardAsync("Why do you cancel it?");
        await Maria.FillAsync(current, [KeyValuePair.Create("reason", "The budget is settled")]);
        await Maria.ClickAsync(current, "Cancel it now");
        await Adele.FindCardAsync("The budget is settled");
        await Adele.ScreenshotAsync("132 it was cancelled");
    }

    [Fact]
    public async Task A_poll_asks_everybody_and_closing_it_invites_them()
    {
        await Maria.SayAsync("meet Alex and Adele 30 min next week about the summer party");
        var meeting = await Maria.WaitForCardAsync("Nobody is told yet: you choose.");
        await Maria.ClickAsync(meeting, "Find times");
        await Maria.WaitForCardAsync("Ask everybody");
        await Maria.ClickAsync(meeting, "Ask everybody");
        await Maria.WaitForCardAsync("Which times do you ask about?");
        await Maria.ScreenshotAsync("140 which times to ask about");
        await Maria.ClickAsync(meeting, "Ask them");
        await Maria.WaitForCardAsync("Close now");
        await Maria.ScreenshotAsync("141 the poll as the organiser sees it");

        var alex = await Alex.FindCardAsync("the summer party");
        await Alex.ScreenshotAsync("142 a poll");
        await Alex.UsePhoneSizeAsync();
        await Alex.ScreenshotAsync("143 a poll on a phone", alex);
        await Alex.UseDeskSizeAsync();
        var model = await Alex.ReadAsync(alex);
        await Alex.FillAsync(alex, model.Inputs.Select((input, index) => KeyValuePair.Create(input.Id, index == 0 ? "No" : "Yes")));
        await Alex.ClickAsync(alex, "Answer");
        await Alex.WaitForCardAsync("Change my answer");
        await KillAndRestartAsync();
        var adele = await Adele.FindCardAsync("the summer party");
        model = await Adele.ReadAsync(adele);
        await Adele.FillAsync(adele, model.Inputs.Select((input, index) => KeyValuePair.Create(input.Id, index == 1 ? "IfNeedBe" : "Yes")));
        await Adele.ClickAsync(adele, "Answer");
        await Adele.WaitForCardAsync("Change my answer");

        var open = await Maria.FindCardAsync("Everybody has answered. You can close the poll now.");
        await Maria.ScreenshotAsync("144 how it stands");
        await Maria.ClickAsync(open, "Close now");
        await Maria.WaitForCardAsync("Coming: ");
        await Maria.ScreenshotAsync("145 the poll decided");
        await Alex.FindCardAsync("You are needed");
        await Alex.ScreenshotAsync("146 invited after a poll");
    }

    [Fact]
    public async Task An_agenda_is_collected_minutes_are_written_an_action_is_given_and_they_become_final()
    {
        await Maria.SayAsync("meet Alex and Adele 1 hour next week about the office move");
        var meeting = await Maria.WaitForCardAsync("Nobody is told yet: you choose.");
        await Maria.ClickAsync(meeting, "Find times");
        await Maria.WaitForCardAsync("Take it");
        await Maria.ClickAsync(meeting, "Take it");
        var scheduled = await Maria.WaitForCardAsync("No answer yet");
        var id = MeetingId().Match(await Maria.TextAsync(scheduled)).Value;

        await Alex.FindCardAsync("the office move");
        await Alex.SayAsync($"agenda {id}: Which rooms, 20 min");
        var agenda = await Alex.WaitForCardAsync("Everybody who takes part can add something until it begins.");
        await Alex.ClickAsync(agenda, "Add an item…");
        await Alex.FillAsync(agenda, new Dictionary<string, string> { ["title"] = "Who carries what", ["minutes"] = "50" });
        await Alex.ScreenshotAsync("150 an item is added to the agenda");
        await Alex.ClickAsync(agenda, "Add it");
        await Alex.WaitForCardAsync("Too much: the items take");
        await Alex.ScreenshotAsync("151 the agenda is over-full");

        await BeginWhileDownAsync(id);
        await Maria.SayAsync($"minutes {id}");
        var minutes = await Maria.WaitForCardAsync("Begin the minutes");
        await Maria.ClickAsync(minutes, "Begin the minutes");
        await Maria.WaitForCardAsync("Write down…");
        await Maria.SayAsync($"minutes {id}: decision We take the second floor");
        await Maria.WaitForCardAsync("We take the second floor");
        await Maria.SayAsync($"minutes {id}: action Alex orders the boxes by 2030-03-15");
        var written = await Maria.WaitForCardAsync("orders the boxes");
        await Maria.ScreenshotAsync("152 minutes are written");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("153 minutes on a phone", written);
        await Maria.UseDeskSizeAsync();

        await Maria.ClickAsync(written, "Change…");
        var model = await Maria.ReadAsync(written);
        var action = model.Inputs.First(input => input.Id == "entry").Choices.First(choice => choice.Title.Contains("boxes", StringComparison.Ordinal));
        await Maria.FillAsync(written, [KeyValuePair.Create("entry", action.Value)]);
        await Maria.ScreenshotAsync("154 an entry is chosen");
        await Maria.ClickAsync(written, "Give it as a delegation");
        var form = await Maria.WaitForCardAsync("Authorization");
        await Maria.ScreenshotAsync("155 an action item becomes a delegation");
        await Maria.FillAsync(form, new Dictionary<string, string> { ["type"] = "Deterministic", ["steps.1"] = "Order twenty boxes" });
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Please check before it is sent");
        await Maria.ClickAsync(form, "Send to Alex Weber");
        await Maria.WaitForCardAsync("Offered to Alex Weber");
        await Alex.FindCardAsync("Order twenty boxes");
        var given = await Maria.FindCardAsync("given: D-");
        await Maria.ClickAsync(given, "Circulate");
        var circulated = await Adele.FindCardAsync("Propose a correction…");
        await Adele.ScreenshotAsync("156 minutes are circulated");
        await Adele.ClickAsync(circulated, "Propose a correction…");
        await Adele.FillAsync(circulated, [KeyValuePair.Create("text", "The third floor stays ours")]);
        await Adele.ClickAsync(circulated, "Send the correction");
        var corrected = await Maria.FindCardAsync("Adele Novak proposes a correction");
        await Maria.ScreenshotAsync("157 a correction is proposed");
        await Maria.ClickAsync(corrected, "Take it over");
        await Maria.WaitForCardAsync("Make it final");
        await Maria.ClickAsync(corrected, "Make it final");
        var final = await Alex.FindCardAsync("final, version 1");
        await Alex.ScreenshotAsync("158 final minutes");
        await Alex.ClickAsync(final, "As a file");
        var files = await Alex.WaitForCardAsync("The minutes as a file");
        await Alex.ScreenshotAsync("159 minutes as a file");
        var word = (await Alex.ClickAsync(files, "Download Word")).Answer!.GetValue<string>();
        using var http = new HttpClient();
        Assert.Equal("PK"u8.ToArray(), (await http.GetByteArrayAsync(new Uri(word), Cancel))[..2]);
    }

    [GeneratedRegex("M-[0-9A-Z]{6}")]
    private static partial Regex MeetingId();
}
