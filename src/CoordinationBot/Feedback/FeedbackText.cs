namespace CoordinationBot.Feedbacks;

/// <summary>Words for what feedback is and how it stands.</summary>
internal static class FeedbackText
{
    public static string Word(FeedbackState state) => state switch
    {
        FeedbackState.New => "new",
        FeedbackState.LookingIntoIt => "looking into it",
        FeedbackState.Planned => "planned",
        FeedbackState.Done => "done",
        FeedbackState.NotNow => "not now",
    };

    public static string Word(FeedbackKind kind) => kind switch
    {
        FeedbackKind.Suggestion => "Suggestion",
        FeedbackKind.Problem => "Problem",
        FeedbackKind.Opinion => "Opinion",
        FeedbackKind.Thanks => "Thanks",
    };

    /// <summary>Whether its author waits for an answer.</summary>
    public static bool AsksForAnswer(FeedbackKind kind) => kind switch
    {
        FeedbackKind.Suggestion or FeedbackKind.Problem => true,
        FeedbackKind.Opinion or FeedbackKind.Thanks => false,
    };

    /// <summary>The id among it, where it has one that people know.</summary>
    public static string About(Subject subject) => subject.Kind switch
    {
        SubjectKind.Free or SubjectKind.Register => subject.Name,
        SubjectKind.Meeting or SubjectKind.Delegation => $"{subject.Name} ({subject.Id})",
        SubjectKind.Person => subject.Name,
    };
}
