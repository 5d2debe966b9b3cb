namespace CoordinationBot.Feedbacks;

internal static class FeedbackLimits
{
    /// <summary>What somebody says, in UTF-16 characters.</summary>
    public const int Text = 4000;

    public const int Subject = 120;
    public const int Answer = 1000;
    public const int Reason = 500;
    public const int Message = 1000;
    public const int Talk = 100;
    public const int Duplicates = 500;
    public const int RegisterName = 60;
    public const int Registers = 60;
}
