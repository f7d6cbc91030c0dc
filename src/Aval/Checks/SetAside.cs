using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.Checks;

/// <summary>Keeps what was set aside of orders as a debt.</summary>
static class SetAside
{
    /// <summary>Mended once a check finds it no more, and owed again when one finds it again. A check that was skipped tells nothing.</summary>
    public static void Mend(Case @case, string order, CheckResult result)
    {
        if (result.Skipped is not null) return;
        foreach (var waiver in @case.Facts.Get<ChecksFacts>().WaiversOf(order))
            if (waiver.DueOn is not null && result.Findings.Any(waiver.IsOf) == waiver.MendedOn is not null)
                @case.Put(ChecksFacts.WaiverTable, waiver with { MendedOn = waiver.MendedOn is null ? @case.Today : null });
    }
}
