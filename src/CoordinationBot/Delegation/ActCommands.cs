using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>Acts that are typed: taken as if the card had sent them. Where several tasks are open it is asked which one; nothing is guessed.</summary>
internal sealed class ActCommands(DelegationDesk desk, DelegationIndex index, DeclareHandlers declare, ChangeHandlers changes, DialogHandlers dialogs)
{
    private const int ListLength = 500;
    private const string None = "You have no open task that this could belong to. Type my tasks to see yours.";

    public ValueTask<TurnResult> SpendAsync(Turn turn, CancellationToken cancel) => AmountAsync(turn, ActSentence.Spend(turn.Text, turn.Argument), cancel);

    public ValueTask<TurnResult> PlanAsync(Turn turn, CancellationToken cancel) => AmountAsync(turn, ActSentence.Plan(turn.Text, turn.Argument), cancel);

    public ValueTask<TurnResult> InvolveAsync(Turn turn, CancellationToken cancel) => ActAsync(turn, ActSentence.Involve(turn.Text, turn.Argument), cancel);

    public ValueTask<TurnResult> PromiseAsync(Turn turn, CancellationToken cancel) => ActAsync(turn, ActSentence.Promise(turn.Text, turn.Argument), cancel);

    public ValueTask<TurnResult> MoveDeadlineAsync(Turn turn, CancellationToken cancel) => ActAsync(turn, ActSentence.MoveDeadline(turn.Text, turn.Argument), cancel);

    /// <summary>The task was chosen; the act came with the button. The version is the present one: what was typed spoke of none.</summary>
    public async ValueTask<TurnResult> HereAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (delegation, _)
            ? DelegationDesk.NotTheirs
            : await DoAsync(turn, delegation, turn.Inputs.Keys.Where(key => turn.Inputs.Text(key) is not null).ToDictionary(key => key, key => turn.Inputs.Text(key)!, StringComparer.Ordinal), cancel);

    /// <summary>Words without any amount may be the answer to an open question that happens to begin like this.</summary>
    private async ValueTask<TurnResult> AmountAsync(Turn turn, TypedAct act, CancellationToken cancel) =>
        (act.HasAmount ? null : await dialogs.AnswerAsync(turn, static _ => false, cancel)) ?? await ActAsync(turn, act, cancel);

    private async ValueTask<TurnResult> ActAsync(Turn turn, TypedAct act, CancellationToken cancel)
    {
        var inputs = new Dictionary<string, string>(act.Inputs, StringComparer.Ordinal) { [ActInputs.Key] = turn.OperationId };
        if (act.Id is not null)
        {
            return await desk.FindAsync(turn, act.Id, cancel) is (var named, Role.Assignee) ? Opened(await DoAsync(turn, named, inputs, cancel)) : new TurnResult.Say($"{act.Id} is no task of yours. Type my tasks to see yours.");
        }
        if (inputs.Values.Max(value => value.Length) > DelegationLimits.Words)
        {
            return new TurnResult.Say("That is too long for one act. Please say it shorter.");
        }
        var tasks = (await index.ListAsync(turn.Tenant, turn.Actor.ObjectId, Role.Assignee, open: true, ListLength, cancel)).Where(task => CanHave(task, act)).OrderBy(task => task.Due.At).ToList();
        return tasks switch
        {
            [] => new TurnResult.Say(None),
            [var only] => await desk.FindAsync(turn, only.Id, cancel) is var (delegation, _) ? Opened(await DoAsync(turn, delegation, inputs, cancel)) : new TurnResult.Say(None),
            _ => new TurnResult.Open(ActCards.Which(inputs, turn.Text, tasks)),
        };
    }

    private static bool CanHave(IndexEntry task, TypedAct act) =>
        task.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned
        || (task.State == DelegationState.WaitingForApproval && act.Inputs["kind"] != nameof(ChangeKind.MoveDeadline));

    private async ValueTask<TurnResult> DoAsync(Turn turn, Delegation delegation, Dictionary<string, string> inputs, CancellationToken cancel)
    {
        inputs["id"] = delegation.Id;
        inputs["version"] = delegation.Terms.Version.ToString(CultureInfo.InvariantCulture);
        await PickAsync(turn, inputs, ActInputs.Until, cancel);
        await PickAsync(turn, inputs, "due", cancel);
        var filled = turn with { Inputs = Inputs.Of(inputs) };
        return ChangeHandlers.KindIn(inputs.GetValueOrDefault("kind")) is null ? await declare.DeclareAsync(filled, cancel) : await changes.RequestAsync(filled, cancel);
    }

    /// <summary>A day that can be read stands in the pickers, also when something else is still to be filled in.</summary>
    private async ValueTask PickAsync(Turn turn, Dictionary<string, string> inputs, string id, CancellationToken cancel)
    {
        if (inputs.TryGetValue(id, out var typed) && await desk.ReadDateAsync(turn, typed, cancel) is TypedDateResult.Understood date)
        {
            inputs[$"{id}.date"] = date.When.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            inputs[$"{id}.time"] = date.When.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>There is no card whose place the answer could take.</summary>
    private static TurnResult Opened(TurnResult result) => result switch
    {
        TurnResult.Show show => new TurnResult.Open(show.Card),
        TurnResult.Refused { Card: { } card } => new TurnResult.Open(card),
        _ => result,
    };
}
