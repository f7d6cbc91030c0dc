using System.Text.Json;
using System.Text.Json.Nodes;
using Aval.Kernel;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Policies;

/// <summary>A policy is read strictly and written as it was read; a typo never becomes a rule that is silently not there.</summary>
public sealed class PolicyJsonTests
{
    const string Everything = """
        {"name":"ours","currency":"USD","compare":"decision","nettingUnapplied":true,"autoRelease":false,"excludeDisputes":["companyFault","shared"],
         "horizonDays":0,"authorizationDays":7,"recheck":{"deviationPercent":2.5,"days":10},"watchPercent":80.5,"temporaryLimitStep":500.00,
         "decisionDeadlines":[{"hours":8}],
         "delegation":[{"role":"sales","upTo":1,"exposureUpTo":2,"overrunPercent":3,"overdueDays":4,"riskClasses":["A"],"causes":["setUp"],"secondPersonAbove":5}],
         "internalDefect":{"act":"releaseAndFix","upTo":5000},
         "arbitration":{"amountAbove":1,"overrunPercentAbove":2.5,"overdueDaysAbove":3,"riskClasses":["E"],"between":["sales","finance"]},
         "dataResponsibility":[{"field":"vatId","enters":"sales","verifies":"masterData","flags":"billing","staleAfterDays":90}],
         "disputes":{"ownWithinDays":1,"qualifyWithinDays":2,"resolveWithinDays":3,"creditNoteWithinDays":4,"tacticalRejectedPercent":5.5,"escalateTo":"leadership"},
         "exceptions":{"upTo":1000,"mostPerPayer":1,"windowDays":30,"counterpart":false,"reviewWithinDays":14,"beyond":"refuse"},
         "escalation":[{"afterHours":1,"to":"creditManager"},{"afterHours":2,"to":"leadership"}],
         "rules":[{"rule":"overdue","scope":{"customer":"C1"},"severity":"refer","pairs":[{"minDays":1,"minAmount":2,"minSharePercent":3}],
                   "disputed":"count","promised":"count","longestPromiseDays":7,"level":"group","overridesRelease":true},
                  {"rule":"orderTooLarge","severity":"info","amount":5,"newCustomers":{"amount":4,"days":3}},
                  {"rule":"concentration","severity":"info","payerPercent":1,"countryPercent":2.5,"segmentPercent":3,"minAmount":4},
                  {"rule":"orderUnusual","severity":"info","threshold":5},
                  {"rule":"limit","severity":"refer","tolerancePercent":1,"toleranceAmount":2,"stages":{"pickRelease":{"toleranceAmount":3}}},
                  {"rule":"overdue","severity":"warn","minDays":1,"minAmount":2,"minSharePercent":3,"stages":{"pickRelease":{"minDays":4,"minSharePercent":5}}},
                  {"rule":"paymentBehaviour","severity":"refer","days":1,"trendDays":2,"months":3,"deviationDays":4},
                  {"rule":"orderSplitting","severity":"warn","windowDays":1,"count":2,"underPercent":3,"amount":4},
                  {"rule":"purchaseOrderDuplicate","scope":{"segment":"public"},"severity":"warn","windowDays":30},
                  {"rule":"limit","scope":{"group":"G0"},"severity":"off"},
                  {"rule":"riskClass","scope":{"country":"FR"},"severity":"complete","classes":["D","E"]}]}
        """;

    [Fact]
    public void The_preset_is_the_documented_one() => Golden.Equal("policy-standard.json", Pretty(Standard.Json));

    [Fact]
    public void The_preset_is_written_as_it_is_read() => Assert.Equal(Compact(Standard.Json), PolicyJson.Write(Standard.Policy));

    [Fact]
    public void Every_part_and_parameter_is_written_as_it_is_read() =>
        Assert.Equal(Compact(Everything), PolicyJson.Write(PolicyJson.Parse(Everything)));

    [Fact]
    public void Every_rule_survives_being_written_and_read() =>
        Assert.Equal(RuleJson.Names.Order(StringComparer.Ordinal), Standard.Policy.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_understood_is_refused_with_its_path() => Table.Check("""
        code           field                    | changes
        field-unknown  horizonDay               | {"horizonDay": 3}
        field-unknown  recheck.day              | {"recheck": {"deviationPercent": 1, "day": 2}}
        field-invalid  rules                    | {"rules": {}}
        field-invalid  compare                  | {"compare": "gross"}
        field-invalid  currency                 | {"currency": "euro"}
        field-invalid  excludeDisputes[0]       | {"excludeDisputes": ["ours"]}
        field-invalid  delegation[0].role       | {"delegation": [{"role": "king"}]}
        field-invalid  delegation[0].causes[0]  | {"delegation": [{"role": "sales", "causes": ["moon"]}]}
        field-invalid  decisionDeadlines        | {"decisionDeadlines": []}
        field-invalid  decisionDeadlines        | {"decisionDeadlines": [{"upTo": 5, "hours": 1}]}
        field-invalid  decisionDeadlines        | {"decisionDeadlines": [{"upTo": 5, "hours": 1}, {"upTo": 5, "hours": 2}, {"hours": 3}]}
        field-invalid  internalDefect.act       | {"internalDefect": {"act": "ignore"}}
        field-invalid  autoRelease              | {"autoRelease": null}
        field-invalid  ""                       | []
        """, CheckRefusal(changes => changes));

    [Fact]
    public void A_part_that_is_not_understood_is_refused_with_its_place() => Table.Check("""
        code           field                                | changes
        field-invalid  arbitration.between                  | {"arbitration": {"amountAbove": 5, "between": []}}
        field-invalid  arbitration.between[0]               | {"arbitration": {"between": ["king"]}}
        field-invalid  arbitration.amountAbove              | {"arbitration": {"amountAbove": -1, "between": ["sales"]}}
        field-invalid  arbitration.overdueDaysAbove         | {"arbitration": {"overdueDaysAbove": 3651, "between": ["sales"]}}
        field-unknown  arbitration.above                    | {"arbitration": {"above": 1, "between": ["sales"]}}
        field-invalid  dataResponsibility                   | {"dataResponsibility": {}}
        field-invalid  dataResponsibility[0].field          | {"dataResponsibility": [{"field": "shoe", ROLES, "staleAfterDays": 1}]}
        field-invalid  dataResponsibility[0].staleAfterDays | {"dataResponsibility": [{"field": "lei", ROLES, "staleAfterDays": 0}]}
        field-invalid  dataResponsibility[0].verifies       | {"dataResponsibility": [{"field": "lei", "enters": "sales", "verifies": "me", "flags": "sales", "staleAfterDays": 1}]}
        field-invalid  disputes.qualifyWithinDays           | {"disputes": {"ownWithinDays": 1}}
        field-invalid  disputes.tacticalRejectedPercent     | {"disputes": {DAYS, "tacticalRejectedPercent": 101, "escalateTo": "sales"}}
        field-invalid  exceptions.mostPerPayer              | {"exceptions": {"mostPerPayer": -1, "windowDays": 1, "counterpart": true, "reviewWithinDays": 1}}
        field-invalid  exceptions.counterpart               | {"exceptions": {"mostPerPayer": 1, "windowDays": 1, "counterpart": "yes", "reviewWithinDays": 1}}
        field-invalid  exceptions.beyond                    | {"exceptions": {"mostPerPayer": 1, "windowDays": 1, "counterpart": true, "reviewWithinDays": 1, "beyond": "shout"}}
        field-invalid  escalation                           | {"escalation": [{"afterHours": 2, "to": "creditManager"}, {"afterHours": 2, "to": "leadership"}]}
        field-invalid  escalation[0].to                     | {"escalation": [{"afterHours": 2, "to": "anybody"}]}
        field-invalid  escalation[0].to                     | {"escalation": [{"afterHours": 2, "to": "sales"}]}
        field-invalid  escalation[0].afterHours             | {"escalation": [{"afterHours": 0, "to": "creditManager"}]}
        """, CheckRefusal(changes => changes
            .Replace("ROLES", "\"enters\": \"sales\", \"verifies\": \"sales\", \"flags\": \"sales\"", StringComparison.Ordinal)
            .Replace("DAYS", "\"ownWithinDays\": 1, \"qualifyWithinDays\": 1, \"resolveWithinDays\": 1, \"creditNoteWithinDays\": 1", StringComparison.Ordinal)));

    [Fact]
    public void A_field_has_one_responsible_and_a_path_ends()
    {
        const string lei = """{"field": "lei", "enters": "sales", "verifies": "sales", "flags": "sales", "staleAfterDays": 1}""";
        Assert.Equal("dataResponsibility[1].field", Changed($$"""{"dataResponsibility": [{{lei}}, {{lei}}]}""", out _)?.Field);
        var steps = string.Join(", ", Enumerable.Range(1, 11).Select(hours => $$"""{"afterHours": {{hours}}, "to": "creditManager"}"""));
        Assert.Equal("escalation", Changed($$"""{"escalation": [{{steps}}]}""", out _)?.Field);
    }

    [Fact]
    public void Every_field_belongs_to_one_of_the_nine_parts_and_what_is_usual_can_be_said_aloud()
    {
        var aloud = PolicyJson.Write((Standard.Policy with { Currency = Currency.EUR }).InFull());
        Assert.Equal(PolicyParts.Fields.Order(StringComparer.Ordinal), JsonNode.Parse(aloud)!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<PolicyPart>().Order(), PolicyParts.Fields.Select(PolicyParts.Of).Distinct().Order());
        Assert.Equal(aloud, PolicyJson.Write(PolicyJson.Parse(aloud)));
    }

    [Fact]
    public void What_describes_a_policy_to_clients_has_every_field_and_every_parameter()
    {
        var described = typeof(PolicyFields).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Equal(PolicyParts.Fields.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        var parameters = typeof(RuleBody).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToHashSet();
        foreach (var rule in JsonNode.Parse(Standard.Json)!["rules"]!.AsArray().Concat(JsonNode.Parse(Everything)!["rules"]!.AsArray()))
            Assert.All(rule!.AsObject(), parameter => Assert.Contains(parameter.Key, parameters));
    }

    [Fact]
    public void A_rules_entry_that_is_not_understood_is_refused_with_its_place() => Table.Check("""
        code           field                    | entries
        field-unknown  rules[1].minDays         | {"rule": "limit", "severity": "warn"}, {"rule": "limitExpired", "severity": "warn", "minDays": 3}
        field-unknown  rules[0].amonut          | {"rule": "orderTooLarge", "severity": "warn", "amonut": 1}
        field-unknown  rules[0].amonut          | {"rule": "orderTooLarge", "severity": "off", "amonut": 1}
        field-unknown  rules[0].pairs[0].days   | {"rule": "overdue", "severity": "warn", "pairs": [{"days": 1}]}
        field-unknown  rules[0].scope.client    | {"rule": "limit", "severity": "warn", "scope": {"client": "C1"}}
        field-unknown  rules[0].minDays         | {"rule": "overdue", "severity": "warn", "minDays": 1, "pairs": []}
        field-invalid  rules[0].rule            | {"rule": "limits", "severity": "warn"}
        field-invalid  rules[0].severity        | {"rule": "limit", "severity": "block"}
        field-invalid  rules[0].severity        | {"rule": "limit"}
        field-invalid  rules[0].amount          | {"rule": "orderTooLarge", "severity": "warn"}
        field-invalid  rules[0].amount          | {"rule": "orderTooLarge", "severity": "warn", "amount": -1}
        field-invalid  rules[0].amount          | {"rule": "orderTooLarge", "severity": "warn", "amount": "1"}
        field-invalid  rules[0].amount          | {"rule": "orderTooLarge", "severity": "warn", "amount": 10000000000000}
        field-unknown  rules[0].stages.entry    | {"rule": "limit", "severity": "warn", "stages": {"entry": {}}}
        field-unknown  rules[0].stages.pickRelease.days | {"rule": "limit", "severity": "warn", "stages": {"pickRelease": {"days": 1}}}
        field-unknown  rules[0].stages          | {"rule": "limitExpired", "severity": "warn", "stages": {"pickRelease": {}}}
        field-invalid  rules[0].stages.pickRelease.tolerancePercent | {"rule": "limit", "severity": "warn", "stages": {"pickRelease": {"tolerancePercent": -1}}}
        field-invalid  rules[0].months          | {"rule": "paymentBehaviour", "severity": "warn", "days": 1, "months": 1}
        field-invalid  rules[0].days            | {"rule": "paymentBehaviour", "severity": "warn"}
        field-invalid  rules[0].count           | {"rule": "overrunsRepeated", "severity": "warn", "count": 13, "windowDays": 90}
        field-invalid  rules[0].count           | {"rule": "orderSplitting", "severity": "warn", "count": 1, "windowDays": 9, "underPercent": 9}
        field-invalid  rules[0].underPercent    | {"rule": "orderSplitting", "severity": "warn", "count": 2, "windowDays": 9, "underPercent": 101}
        field-invalid  rules[0]                 | {"rule": "concentration", "severity": "warn", "minAmount": 0}
        field-invalid  rules[0].payerPercent    | {"rule": "concentration", "severity": "warn", "payerPercent": 100.1, "minAmount": 0}
        field-invalid  rules[0].minAmount       | {"rule": "concentration", "severity": "warn", "payerPercent": 10}
        field-invalid  rules[0].newCustomers.days | {"rule": "orderTooLarge", "severity": "warn", "amount": 1, "newCustomers": {"amount": 1, "days": 0}}
        field-unknown  rules[0].newCustomers.day | {"rule": "orderTooLarge", "severity": "warn", "amount": 1, "newCustomers": {"amount": 1, "day": 2}}
        field-invalid  rules[0].longestPromiseDays | {"rule": "overdue", "severity": "warn", "minDays": 1, "minAmount": 0, "minSharePercent": 0, "longestPromiseDays": -1}
        field-invalid  rules[0].level           | {"rule": "dunningLevel", "severity": "warn", "level": 10}
        field-invalid  rules[0].days            | {"rule": "ratesStale", "severity": "warn", "days": -1}
        field-invalid  rules[0].minDays         | {"rule": "overdue", "severity": "warn", "minDays": 1.5, "minAmount": 0, "minSharePercent": 0}
        field-invalid  rules[0].pairs           | {"rule": "overdue", "severity": "warn", "pairs": []}
        field-invalid  rules[0].classes[1]      | {"rule": "riskClass", "severity": "warn", "classes": ["A", "F"]}
        field-invalid  rules[0].scope           | {"rule": "limit", "severity": "warn", "scope": {}}
        field-invalid  rules[0].scope           | {"rule": "limit", "severity": "warn", "scope": {"customer": "C1", "group": "G0"}}
        field-invalid  rules[0].scope.riskClass | {"rule": "limit", "severity": "warn", "scope": {"riskClass": "Z"}}
        field-invalid  rules[1]                 | {"rule": "limit", "severity": "warn"}, {"rule": "limit", "severity": "off"}
        field-invalid  rules[0]                 | "limit"
        """, CheckRefusal(entries => $$"""{"rules": [{{entries}}]}"""));

    [Fact]
    public void A_whole_policy_lacks_nothing()
    {
        foreach (var part in JsonNode.Parse(Standard.Json)!.AsObject().Select(part => part.Key).ToList())
        {
            var json = JsonNode.Parse(Standard.Json)!.AsObject();
            json.Remove(part);
            using var document = JsonDocument.Parse(json.ToJsonString());
            var problem = PolicyJson.Read(document.RootElement, out _);
            Assert.Equal(("field-invalid", part), (problem?.Code, problem?.Field));
        }
    }

    [Fact]
    public void A_change_replaces_the_part_it_names_and_leaves_the_others()
    {
        Assert.Null(Changed("""{"basedOn": "standard", "horizonDays": 5, "delegation": [], "internalDefect": {"act": "hold"}}""", out var policy));
        Assert.Equal((5, 30), (policy.HorizonDays, policy.AuthorizationDays));
        Assert.Equal((0, DefectAct.Hold), (policy.Delegation.Length, policy.InternalDefect!.Act));
        Assert.Equal(Standard.Policy.Rules, policy.Rules);
    }

    [Fact]
    public void A_rules_entry_replaces_the_one_of_its_rule_and_scope_in_place_and_others_come_behind()
    {
        Assert.Null(Changed(
            """
            {"rules": [{"rule": "limit", "severity": "warn"}, {"rule": "limit", "severity": "info", "scope": {"group": "G0"}},
                       {"rule": "overdue", "severity": "off"}]}
            """,
            out var policy));
        Assert.Equal(Standard.Policy.Rules.Length + 1, policy.Rules.Length);
        Assert.Equal((Severity.Warn, new Scope(ScopeKind.Group, "G0")), (policy.Rules[0].Severity, policy.Rules[^1].Scope));
        Assert.IsType<SwitchedOff>(policy.Rules[3]);
    }

    static Action<Row> CheckRefusal(Func<string, string> changes) => row =>
    {
        var problem = Changed(changes(row.Text[(row.Text.IndexOf('|', StringComparison.Ordinal) + 1)..]), out _)!;
        Assert.Equal((row["code"], row["field"]), (problem.Code, problem.Field));
        Assert.Contains(row["field"].Length == 0 ? "body" : row["field"], problem.Detail, StringComparison.Ordinal);
    };

    static Problem? Changed(string changes, out Policy policy)
    {
        using var json = JsonDocument.Parse(changes);
        return PolicyJson.Apply(Standard.Policy, json.RootElement, out policy);
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);
}
