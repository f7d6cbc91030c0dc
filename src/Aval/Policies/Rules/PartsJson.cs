using System.Collections.Immutable;
using System.Text.Json;
using Aval.Access;

namespace Aval.Policies.Rules;

/// <summary>The parts of a policy that may be left out as JSON: what is left out is as usual, and is left out again when it is written.</summary>
static class PartsJson
{
    const int MostDays = 3650;
    const int MostHours = 10_000;
    const int MostSteps = 10;

    public static Policy Read(Fields fields, Policy read, Policy? basis)
    {
        T? Part<T>(string name, Func<string, T?> given, Func<Policy, T?> kept) => basis is not null && !fields.Has(name) ? kept(basis) : given(name);

        return read with
        {
            Arbitration = Part("arbitration", name => fields.ObjectOrNull(name, ReadArbitration), policy => policy.Arbitration),
            DataResponsibility = Part("dataResponsibility", name => ReadResponsibility(fields, name), policy => policy.DataResponsibility),
            Disputes = Part("disputes", name => fields.ObjectOrNull(name, ReadDisputes), policy => policy.Disputes),
            Exceptions = Part("exceptions", name => fields.ObjectOrNull(name, ReadExceptions), policy => policy.Exceptions),
            Escalation = Part("escalation", name => ReadEscalation(fields, name), policy => policy.Escalation),
            CashApplication = Part("cashApplication", name => fields.ObjectOrNull(name, CashJson.Read), policy => policy.CashApplication),
            Provision = Part("provision", name => fields.ObjectOrNull(name, ReadProvision), policy => policy.Provision),
        };
    }

    public static void Write(Utf8JsonWriter json, Policy policy)
    {
        if (policy.Arbitration is { } arbitration) Write(json, arbitration);
        if (policy.DataResponsibility is { } responsible) Write(json, responsible);
        if (policy.Disputes is { } disputes) Write(json, disputes);
        if (policy.Exceptions is { } exceptions) Write(json, exceptions);
        if (policy.Escalation is { } escalation) Write(json, escalation);
        if (policy.CashApplication is { } cash) CashJson.Write(json, cash);
        if (policy.Provision is { } provision) Write(json, provision);
    }

    static Arbitration ReadArbitration(Fields fields)
    {
        var read = new Arbitration(
            fields.AmountOrNull("amountAbove"), fields.PercentOrNull("overrunPercentAbove"), fields.WholeOrNull("overdueDaysAbove", 0, MostDays),
            fields.Has("riskClasses") ? fields.SomeOf("riskClasses", Policy.RiskClasses) : null, fields.SomeOf("between", Roles.All));
        return read.Between.IsEmpty ? fields.Refuse("between", "must name at least one role", read) : read;
    }

    static void Write(Utf8JsonWriter json, Arbitration arbitration)
    {
        json.WriteStartObject("arbitration");
        json.WriteNumberIfGiven("amountAbove", arbitration.AmountAbove);
        json.WriteNumberIfGiven("overrunPercentAbove", arbitration.OverrunPercentAbove);
        json.WriteNumberIfGiven("overdueDaysAbove", arbitration.OverdueDaysAbove);
        if (arbitration.RiskClasses is { } classes) json.WriteTexts("riskClasses", classes);
        json.WriteTexts("between", arbitration.Between);
        json.WriteEndObject();
    }

    static ImmutableArray<DataResponsibility>? ReadResponsibility(Fields fields, string name)
    {
        if (!fields.IsGiven(name)) return null;
        var named = new HashSet<string>(StringComparer.Ordinal);
        return fields.Objects(name, entry =>
        {
            var read = new DataResponsibility(
                entry.OneOf("field", DataResponsibility.Fields), entry.OneOf("enters", Roles.All), entry.OneOf("verifies", Roles.All), entry.OneOf("flags", Roles.All),
                entry.Whole("staleAfterDays", 1, MostDays));
            return read.Field.Length == 0 || named.Add(read.Field) ? read : entry.Refuse("field", $"names {read.Field} a second time", read);
        });
    }

    static void Write(Utf8JsonWriter json, ImmutableArray<DataResponsibility> responsible)
    {
        json.WriteStartArray("dataResponsibility");
        foreach (var (field, enters, verifies, flags, staleAfterDays) in responsible)
        {
            json.WriteStartObject();
            json.WriteString("field", field);
            json.WriteString("enters", enters);
            json.WriteString("verifies", verifies);
            json.WriteString("flags", flags);
            json.WriteNumber("staleAfterDays", staleAfterDays);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static DisputeHandling ReadDisputes(Fields fields) => new(
        fields.Days("ownWithinDays"), fields.Days("qualifyWithinDays"), fields.Days("resolveWithinDays"), fields.Days("creditNoteWithinDays"),
        fields.Number("tacticalRejectedPercent", 100), fields.OneOf("escalateTo", Roles.All));

    static void Write(Utf8JsonWriter json, DisputeHandling disputes)
    {
        json.WriteStartObject("disputes");
        json.WriteNumber("ownWithinDays", disputes.OwnWithinDays);
        json.WriteNumber("qualifyWithinDays", disputes.QualifyWithinDays);
        json.WriteNumber("resolveWithinDays", disputes.ResolveWithinDays);
        json.WriteNumber("creditNoteWithinDays", disputes.CreditNoteWithinDays);
        json.WriteNumber("tacticalRejectedPercent", disputes.TacticalRejectedPercent);
        json.WriteString("escalateTo", disputes.EscalateTo);
        json.WriteEndObject();
    }

    static ProvisionMatrix ReadProvision(Fields fields) => new(
        fields.Number("notDue", 100), fields.Number("d1to30", 100), fields.Number("d31to60", 100), fields.Number("d61to90", 100), fields.Number("over90", 100));

    static void Write(Utf8JsonWriter json, ProvisionMatrix provision)
    {
        json.WriteStartObject("provision");
        json.WriteNumber("notDue", provision.NotDue);
        json.WriteNumber("d1to30", provision.D1to30);
        json.WriteNumber("d31to60", provision.D31to60);
        json.WriteNumber("d61to90", provision.D61to90);
        json.WriteNumber("over90", provision.Over90);
        json.WriteEndObject();
    }

    static ExceptionConditions ReadExceptions(Fields fields) => new(
        fields.AmountOrNull("upTo"), fields.Whole("mostPerPayer", 0, 1000), fields.Whole("windowDays", 1, MostDays), fields.Flag("counterpart"),
        fields.Days("reviewWithinDays"), fields.WordOrNull<ExceptionAct>("beyond"));

    static void Write(Utf8JsonWriter json, ExceptionConditions exceptions)
    {
        json.WriteStartObject("exceptions");
        json.WriteNumberIfGiven("upTo", exceptions.UpTo);
        json.WriteNumber("mostPerPayer", exceptions.MostPerPayer);
        json.WriteNumber("windowDays", exceptions.WindowDays);
        json.WriteBoolean("counterpart", exceptions.Counterpart);
        json.WriteNumber("reviewWithinDays", exceptions.ReviewWithinDays);
        json.WriteWord("beyond", exceptions.Beyond);
        json.WriteEndObject();
    }

    static ImmutableArray<EscalationStep>? ReadEscalation(Fields fields, string name)
    {
        if (!fields.IsGiven(name)) return null;
        var steps = fields.Objects(name, step => new EscalationStep(step.Whole("afterHours", 1, MostHours), step.OneOf("to", EscalationStep.Deciding)));
        if (steps.Length > MostSteps) return fields.Refuse(name, $"must have at most {MostSteps} steps", steps);
        for (var at = 1; at < steps.Length; at++)
            if (steps[at].AfterHours <= steps[at - 1].AfterHours) return fields.Refuse(name, "must rise in hours from step to step", steps);
        return steps;
    }

    static void Write(Utf8JsonWriter json, ImmutableArray<EscalationStep> escalation)
    {
        json.WriteStartArray("escalation");
        foreach (var (afterHours, to) in escalation)
        {
            json.WriteStartObject();
            json.WriteNumber("afterHours", afterHours);
            json.WriteString("to", to);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteTexts(this Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
