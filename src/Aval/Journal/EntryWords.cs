using System.Text.Json;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <summary>What an entry did, in words for people: the act, then the documents that it left.</summary>
static class EntryWords
{
    /// <summary>Documents that are told by number; of more only how many there are.</summary>
    const int MostNamed = 3;

    /// <summary>What is kept beside the documents so that rules are quick: nobody looks for it.</summary>
    internal static readonly HashSet<string> Kept =
    [
        "order_check", "order_habit", "settlement", "invoice_tracking", "dispute_record", "payment_behaviour", "overrun_history", "cover_cut", "guarantee_drawing",
        "exception_history", "portfolio_snapshot",
    ];

    /// <summary>The act; of one that is not listed its name in plain words.</summary>
    internal static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal)
    {
        ["enterOrder"] = "Order entered", ["changeOrder"] = "Order changed", ["cancelOrder"] = "Order cancelled", ["releasePick"] = "Order checked before picking",
        ["recordDelivery"] = "Delivery recorded", ["putCustomer"] = "Customer entered or changed", ["holdAccount"] = "Account put on hold",
        ["unholdAccount"] = "Account hold lifted", ["recordDunning"] = "Dunning recorded", ["recordLimit"] = "Limit recorded", ["postInvoice"] = "Invoice posted",
        ["issueInvoice"] = "Invoice issued", ["postCreditNote"] = "Credit note posted", ["postReceipt"] = "Money received", ["allocateReceipt"] = "Money applied to invoices",
        ["clearReceipt"] = "Payment has come through", ["returnReceipt"] = "Payment was returned", ["writeOff"] = "Amount written off", ["recordDispute"] = "Dispute recorded",
        ["changeDispute"] = "Dispute changed", ["recordPromise"] = "Promise to pay recorded", ["promiseCreditNote"] = "Credit note promised",
        ["recordGuarantee"] = "Guarantee recorded", ["recordInsuranceCover"] = "Insurance cover recorded", ["waiveFinding"] = "Finding set aside", ["putRates"] = "Rates entered",
        ["makeApiKey"] = "Key made", ["revokeApiKey"] = "Key revoked", ["moveClock"] = "Business date moved", ["startStore"] = "Company set up",
        ["putPolicyDraft"] = "Policy drafted", ["activatePolicyDraft"] = "Policy activated", ["adoptStandardPolicy"] = "Standard policy adopted",
        ["autoRelease"] = "Looked again at what is held", ["rearrange"] = "Released orders fitted into the new group", ["ordersDue"] = "What the date brought to orders",
        ["followPromises"] = "Promises followed up", ["keepReceivables"] = "Payment behaviour brought up to date", ["limitsBeginAndEnd"] = "What the date brought to limits",
        ["decideBlock"] = "Decision taken", ["confirmDecision"] = "Decision confirmed", ["fillContext"] = "Context of a case filled in", ["claimWork"] = "Work taken on",
        ["handOverWork"] = "Work handed over", ["snoozeWork"] = "Work put off", ["answerWork"] = "Work answered", ["appealBlock"] = "Block appealed against",
        ["challengeLimit"] = "Limit challenged", ["approveLimit"] = "Limit approved", ["refuseLimit"] = "Limit refused", ["matchReceipt"] = "Invoices looked for",
        ["confirmMatch"] = "Match confirmed", ["undoMatch"] = "Match taken back", ["putOnAccount"] = "Money put on account", ["refundReceipt"] = "Money refunded",
        ["transferReceipt"] = "Money went to another payer", ["importStatement"] = "Bank statement read", ["takeMeasure"] = "Measure taken", ["endMeasure"] = "Measure ended",
        ["putUser"] = "User entered or changed", ["runDue"] = "What the date brought", ["checkpoint"] = "Heads of all chains taken", ["eraseTexts"] = "Texts erased",
        ["coverBeginsAndEnds"] = "What the date brought to covers", ["measuresBeginAndEnd"] = "What the date brought to measures",
        ["acceptRoleConflict"] = "Roles accepted that should lie apart", ["acceptRoles"] = "Roles accepted", ["refuseRoles"] = "Roles refused",
        ["addEvidence"] = "Evidence added to a dispute", ["approveGuarantee"] = "Guarantee approved", ["refuseGuarantee"] = "Guarantee refused",
        ["approveInsuranceCover"] = "Insurance cover approved", ["refuseInsuranceCover"] = "Insurance cover refused",
        ["approveQualification"] = "Qualification of a dispute approved", ["refuseQualification"] = "Qualification of a dispute refused",
        ["approveRiskClass"] = "Better risk class approved", ["refuseRiskClass"] = "Better risk class refused", ["askForLimit"] = "Limit asked for",
        ["cancelCreditNotePromise"] = "Promised credit note cancelled", ["deductFromInvoice"] = "Payment recorded with a deduction",
        ["disableUser"] = "User shut out", ["enableUser"] = "User let in again", ["drawGuarantee"] = "Guarantee drawn on",
        ["releaseGuarantee"] = "Guarantee released", ["nameDeputy"] = "Deputy named", ["endDeputy"] = "Deputy ended",
        ["forgetLesson"] = "What a payer was known by forgotten", ["ignoreLine"] = "Bank line set aside", ["reopenLine"] = "Bank line taken up again",
        ["receiveLine"] = "Bank line booked as money received", ["reverseLine"] = "Bank line booked as money returned",
        ["proposePayers"] = "Payers proposed for a bank line", ["keepPortfolio"] = "Figures of the whole portfolio kept",
        ["openBankAccount"] = "Bank account opened", ["nameBankAccount"] = "Bank account named", ["notifyInsurer"] = "Insurer notified",
        ["reduceInsuranceCover"] = "Insurance cover reduced", ["putCalendar"] = "Working hours set", ["putHolidays"] = "Holidays set",
        ["putCsvMapping"] = "Mapping of columns saved", ["removeCsvMapping"] = "Mapping of columns removed", ["refundCreditNote"] = "Credit note refunded",
        ["reverseCreditRefund"] = "Refund of a credit note taken back", ["reverseRefund"] = "Refund taken back", ["reverseTransfer"] = "Transfer taken back",
        ["rotateApiKey"] = "Key replaced", ["setIndicatorTarget"] = "Target of an indicator set", ["tellField"] = "Master data confirmed or disputed",
        ["tellInvoiceStage"] = "Stage of an invoice told", ["importInvoices"] = "Invoices taken over from a file", ["importReceipts"] = "Money received, from a file",
        ["importCustomers"] = "Customers entered from a file", ["importLimits"] = "Limits recorded from a file", ["checkpointPart"] = "Heads of some chains taken",
    };

    /// <summary>The acts that can be asked for, by what they are called.</summary>
    public static IEnumerable<(string Command, string Act)> All => Acts.Select(act => (act.Key, T(act.Value))).OrderBy(act => act.Item2, StringComparer.Ordinal);

    public static string ActOf(string command) => Acts.GetValueOrDefault(command) is { } act ? T(act) : Say.Capital(Say.Word(command));

    /// <summary><c>order SO-1, held</c>; <c>24,000 orders</c>. Empty when there is nothing to name.</summary>
    public static IEnumerable<string> DocumentsOf(JsonElement body)
    {
        if (!body.TryGetProperty("rows", out var tables)) yield break;
        foreach (var table in tables.EnumerateObject())
        {
            if (Kept.Contains(table.Name)) continue;
            var count = table.Value.GetArrayLength();
            if (count > MostNamed) yield return T("{0} × {1}", count, NameOf(table.Name));
            else
                // A document may have gone through several states in one act: the last is told.
                foreach (var row in table.Value.EnumerateArray().Reverse().DistinctBy(row => Text(row, "number") ?? Text(row, "id")).Reverse())
                    yield return Named(table.Name, row);
        }
    }

    static string Named(string table, JsonElement row)
    {
        var whose = table is "block" or "delivery" or "incident" ? "order" : table == "credit_limit" ? "customer" : null;
        var name = whose is null ? $"{NameOf(table)} {Text(row, "number") ?? Text(row, "name")}".TrimEnd() : T("{0} of {1}", NameOf(table), Text(row, whose));
        return Text(row, "status") is { } status ? $"{name}, {T(Say.Word(status))}" : name;
    }

    /// <summary>One document of a table.</summary>
    internal static string NameOf(string table) => table switch
    {
        "sales_order" => T("order"),
        "credit_limit" => T("limit"),
        "accepted_conflict" => T("accepted conflict of roles"),
        "account_measure" => T("measure"),
        "api_key" => T("key"),
        "company_profile" => T("company"),
        "cover_notification" => T("notice to the insurer"),
        "csv_mapping" => T("mapping of columns"),
        "dispute_evidence" => T("evidence"),
        "field_care" => T("state of master data"),
        "holiday_year" => T("holidays"),
        "indicator_target" => T("target of an indicator"),
        "line_payer" => T("payer of a bank line"),
        "payer_account" => T("what a payer is known by"),
        "receipt_match" => T("match"),
        _ => T(table.Replace('_', ' ')),
    };

    static string? Text(JsonElement row, string field) => row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
