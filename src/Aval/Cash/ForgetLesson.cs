using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;

namespace Aval.Cash;

/// <param name="Text">As <c>GET /payer-lessons</c> tells it.</param>
public sealed record ForgetBody(string Payer, LessonKind Kind, string Text, string Reason);

/// <summary>Takes back what was learned of a payer: nothing is matched by it any more.</summary>
public sealed record ForgetLesson(ForgetBody Body) : Command
{
    public override string Name => "forgetLesson";
    public override Subject Subject => Subject.Party(Body.Payer, PartyProblems.CustomerUnknown);

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Lesson>(Lesson.KeyOf(Body.Kind, Body.Text, Body.Payer)) is not { Holds: true } known)
            return CashProblems.LessonUnknown.With($"{Body.Payer} is not known by {Body.Text}.", "text");
        @case.Reason = Body.Reason;
        @case.Put(CashFacts.LessonTable, known with { ForgottenOn = @case.Today });
        return null;
    }

    internal static void Map(Api api) => api.Post<ForgetBody, LessonAnswer>(
        "/payer-lessons/forget", CashPermissions.Match, "Takes back what was learned of a payer: nothing is matched by it any more",
        (body, _) => new ForgetLesson(body), (outcome, _) => LessonAnswer.Of(outcome.Row<Lesson>()!), [PartyProblems.CustomerUnknown, CashProblems.LessonUnknown]);
}
