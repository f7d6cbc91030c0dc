using System.Text.RegularExpressions;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <summary>Reasons that Aval itself has written into the journal, in the visitor's language; what people wrote stays as it is.</summary>
static partial class StoredReasons
{
    public static string Told(string reason)
    {
        if (reason == "moved") return T("moved with its group");
        if (Ended().Match(reason) is not { Success: true } found) return reason;
        var decision = found.Groups["id"].Value;
        return found.Groups["what"].Value switch
        {
            "all its conditions hold" => T("decision {0}: all its conditions hold", decision),
            "its conditions do not hold" => T("decision {0}: its conditions do not hold", decision),
            "its date has passed" => T("decision {0}: its date has passed", decision),
            _ => T("decision {0}: stage {1} of {2}", decision, found.Groups["stage"].Value, found.Groups["stages"].Value),
        };
    }

    [GeneratedRegex(@"^decision (?<id>\S+): (?<what>all its conditions hold|its conditions do not hold|its date has passed|stage (?<stage>\d+) of (?<stages>\d+))$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Ended();
}
