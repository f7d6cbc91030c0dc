using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Outcomes;

/// <summary>Which decisions a call asks for: the fields that the list and the sums share.</summary>
static class AskedDecisions
{
    const int MostDays = 1_830;
    const int UsualDays = 90;

    public static readonly QueryField[] Fields =
    [
        new("from", typeof(DateOnly), "the first day of decisions; 90 days before the last when absent"), new("to", typeof(DateOnly), "the last one; today when absent"),
        new("kind", typeof(DecisionKind), "one kind of decision; all when absent"), new("cause", typeof(Cause), "of the block when it was decided; all when absent"),
        new("role", typeof(string), "by which role it was decided; all when absent"), new("by", typeof(string), "who decided; all when absent"),
        new("customer", typeof(string), "who ordered or pays; all when absent"),
        new("exceptional", typeof(bool), "true for exceptional releases, false for others; both when absent"),
    ];

    public static Answered<DecisionFilter> Of(ApiRequest request, DateOnly today)
    {
        var to = request.Query<DateOnly?>("to") ?? today;
        var from = request.Query<DateOnly?>("from") ?? Before(to);
        if (to < from) return KernelProblems.FieldInvalid.With("to must not be before from.", "to");
        if (to.DayNumber - from.DayNumber > MostDays) return KernelProblems.FieldInvalid.With($"from must be at most {MostDays} days before to.", "from");
        return new DecisionFilter(
            from, to, request.Query<DecisionKind?>("kind"), request.Query<Cause?>("cause") is { } cause ? Words.Of(cause) : null, request.Query<string>("role"),
            request.Query<string>("by"), request.Query<string>("customer"), request.Query<bool?>("exceptional"));
    }

    /// <summary>The first day where none was said.</summary>
    public static DateOnly Before(DateOnly to) => DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));

    /// <summary>A period that can be asked for, whatever was typed.</summary>
    public static (DateOnly From, DateOnly To) Within(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        var first = from is { } said && said <= last ? said : Before(last);
        return (last.DayNumber - first.DayNumber > MostDays ? last.AddDays(-MostDays) : first, last);
    }
}
