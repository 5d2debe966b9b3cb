namespace CoordinationBot.Surveys;

/// <summary>How much of each thing fits: a survey on one card, an answer with many others in one row.</summary>
internal static class SurveyLimits
{
    public const int Title = 200;
    public const int Questions = 20;
    public const int QuestionText = 200;
    public const int Choices = 10;
    public const int ChoiceText = 60;

    /// <summary>People named one by one: as many names as one card of a form takes.</summary>
    public const int Named = 100;

    /// <summary>Everybody who is asked: their names are committed with the survey.</summary>
    public const int Asked = 10_000;

    public const int SmallestMinimum = 3;
    public const int DefaultMinimum = 5;

    /// <summary>One text of an answer.</summary>
    public const int Text = 2_000;

    /// <summary>All texts of one answer: a full drawer must still hold several answers.</summary>
    public const int Texts = 4_000;

    /// <summary>How long one may be open.</summary>
    public const int OpenDays = 92;

    /// <summary>People whose answers lie in one drawer: few drawers, so that each holds many answers between which nobody can choose.</summary>
    public const int Drawer = 1_000;

    /// <summary>Answers that wait in a drawer; then it is folded before it takes another.</summary>
    public const int Pending = 256;

    /// <summary>Characters of text that wait in a drawer.</summary>
    public const int PendingText = 60_000;

    /// <summary>Texts on one stored page.</summary>
    public const int PageTexts = 50;

    /// <summary>Characters on one stored page: two of every question fit into one commit, whatever script they are in.</summary>
    public const int PageText = 12_000;
}
