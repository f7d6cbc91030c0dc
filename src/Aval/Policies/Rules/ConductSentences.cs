namespace Aval.Policies.Rules;

/// <summary>When the rules about a payer's conduct and our own invoicing find something, as a sentence goes on behind "when".</summary>
static class ConductSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        BrokenPromiseRule broken => said.In(
            $"the payer has broken {Counted(broken.Count, said, "promise", "promises")} to pay or more in the last {said.Days(broken.WindowDays)}",
            $"le payeur a rompu {Counted(broken.Count, said, "promesse", "promesses")} de paiement ou plus ces {said.Days(broken.WindowDays)} derniers",
            $"der Zahler in den letzten {said.OfDays(broken.WindowDays)} {Counted(broken.Count, said, "Zahlungszusage", "Zahlungszusagen")} oder mehr gebrochen hat"),
        DisputeUnqualifiedRule dispute => said.In(
            $"nobody has said for more than {said.Days(dispute.Days)} whose fault a dispute of the payer is",
            $"personne n'a dit depuis plus de {said.Days(dispute.Days)} à qui la faute d'un litige du payeur",
            $"seit mehr als {said.OfDays(dispute.Days)} niemand gesagt hat, wer eine Reklamation des Zahlers verschuldet hat"),
        DisputeUnownedRule dispute => said.In(
            $"a dispute of the payer has had no owner for more than {said.Days(dispute.Days)}",
            $"un litige du payeur est sans responsable depuis plus de {said.Days(dispute.Days)}",
            $"für eine Reklamation des Zahlers seit mehr als {said.OfDays(dispute.Days)} niemand zuständig ist"),
        DisputeUnresolvedRule dispute => said.In(
            $"a dispute of the payer has been open for more than {said.Days(dispute.Days)}",
            $"un litige du payeur est ouvert depuis plus de {said.Days(dispute.Days)}",
            $"eine Reklamation des Zahlers seit mehr als {said.OfDays(dispute.Days)} offen ist"),
        DisputeTacticalRule tactical => Tactical(tactical, said),
        InvoiceRejectedRule => said.In(
            "the payer has sent back an invoice that is still open",
            "le payeur a renvoyé une facture encore ouverte",
            "der Zahler eine noch offene Rechnung zurückgewiesen hat"),
        InvoiceNotSentRule invoice => said.In(
            $"an open invoice was issued more than {said.Days(invoice.Days)} ago and has not been sent",
            $"une facture ouverte a été émise il y a plus de {said.Days(invoice.Days)} et n'a pas été envoyée",
            $"eine offene Rechnung vor mehr als {said.OfDays(invoice.Days)} ausgestellt und nicht gesendet wurde"),
        UnbilledTooOldRule unbilled => said.In(
            $"goods were delivered more than {said.Days(unbilled.Days)} ago and are not billed yet",
            $"de la marchandise a été livrée il y a plus de {said.Days(unbilled.Days)} et n'est pas encore facturée",
            $"Ware vor mehr als {said.OfDays(unbilled.Days)} geliefert und noch nicht berechnet wurde"),
        OverDeliveredRule => said.In(
            "more was delivered on a live order than had been ordered",
            "il a été livré plus que commandé sur une commande en cours",
            "zu einem laufenden Auftrag mehr geliefert wurde, als bestellt war"),
        OverInvoicedRule => said.In(
            "an open invoice bills more than its order had",
            "une facture ouverte facture plus que sa commande",
            "eine offene Rechnung mehr berechnet, als ihr Auftrag hatte"),
        PaymentBehaviourRule behaviour => Behaviour(behaviour, said),
        OverrunsRepeatedRule overruns => said.In(
            $"{Counted(overruns.Count, said, "other order", "other orders")} of the payer or more were held for its limit in the last {said.Days(overruns.WindowDays)}",
            $"{Counted(overruns.Count, said, "autre commande", "autres commandes")} du payeur ou plus ont été bloquées pour sa limite "
                + $"ces {said.Days(overruns.WindowDays)} derniers",
            $"in den letzten {said.OfDays(overruns.WindowDays)} {Counted(overruns.Count, said, "anderer Auftrag", "andere Aufträge")} des Zahlers oder mehr "
                + "wegen seines Kreditlimits gesperrt waren"),
        OrderSplittingRule splitting => Splitting(splitting, said),
        DunningLevelRule dunning => said.In(
            $"who orders or who pays has been dunned beyond level {said.Number(dunning.Level)}",
            $"celui qui commande ou paie a été relancé au-delà du niveau {said.Number(dunning.Level)}",
            $"der Besteller oder Zahler über Stufe {said.Number(dunning.Level)} hinaus gemahnt ist"),
        _ => null,
    };

    static string Counted(int count, Figures said, string one, string many) => said.Count(count, (one, many), (one, many), (one, many));

    static string Tactical(DisputeTacticalRule tactical, Figures said)
    {
        var share = tactical.RejectedPercent is { } percent
            ? said.In($"more than {said.Percent(percent)}", $"plus de {said.Percent(percent)}", $"mehr als {said.Percent(percent)}")
            : said.In("a larger share than is usual for disputes", "une part plus grande que d'usage pour les litiges", "ein größerer Anteil, als bei Reklamationen üblich,");
        return said.In(
            $"the payer disputes an invoice that was due already, and "
                + $"of {Counted(tactical.MinDisputes, said, "earlier dispute", "earlier disputes")} or more {share} were rejected",
            $"le payeur conteste une facture déjà échue, et que "
                + $"de {Counted(tactical.MinDisputes, said, "litige antérieur", "litiges antérieurs")} ou plus {share} ont été rejetés",
            $"der Zahler eine schon fällige Rechnung reklamiert und "
                + $"von {Counted(tactical.MinDisputes, said, "früheren Reklamation", "früheren Reklamationen")} oder mehr {share} abgelehnt wurden");
    }

    static string Behaviour(PaymentBehaviourRule behaviour, Figures said)
    {
        var late = said.In(
            $"pays more than {said.Days(behaviour.Days)} late on average",
            $"paie en moyenne avec plus de {said.Days(behaviour.Days)} de retard",
            $"im Durchschnitt mehr als {said.Days(behaviour.Days)} zu spät zahlt");
        var later = behaviour.TrendDays is not { } trend ? null : said.In(
            $"pays later by more than {said.Days(trend)} from month to month, over {said.Number(behaviour.MonthsOfTrend)} months or more",
            $"paie de mois en mois plus de {said.Days(trend)} plus tard, sur {said.Number(behaviour.MonthsOfTrend)} mois ou plus",
            $"von Monat zu Monat um mehr als {said.Days(trend)} später zahlt, über {said.Number(behaviour.MonthsOfTrend)} Monate oder mehr");
        var irregular = behaviour.DeviationDays is not { } deviation ? null : said.In(
            $"pays so irregularly that its delays vary by more than {said.Days(deviation)}",
            $"paie si irrégulièrement que ses retards varient de plus de {said.Days(deviation)}",
            $"so unregelmäßig zahlt, dass seine Verzögerungen um mehr als {said.Days(deviation)} schwanken");
        return said.In("the payer ", "le payeur ", "der Zahler ") + said.Any(new[] { late, later, irregular }.OfType<string>());
    }

    static string Splitting(OrderSplittingRule splitting, Figures said)
    {
        var bound = splitting.Amount is { } amount
            ? said.Amount(amount)
            : said.In("the amount from which an order is too large", "le montant dès lequel une commande est trop grande", "dem Betrag, ab dem ein Auftrag zu groß ist,");
        var (count, percent) = (said.Number(splitting.Count), said.Percent(splitting.UnderPercent));
        return said.In(
            $"{count} orders of the customer or more within {said.Days(splitting.WindowDays)} each stay less than {percent} below {bound} and come to more than it together",
            $"{count} commandes du client ou plus en {said.Days(splitting.WindowDays)} restent chacune à moins de {percent} sous {bound} et le dépassent ensemble",
            $"{count} Aufträge des Kunden oder mehr innerhalb von {said.OfDays(splitting.WindowDays)} je weniger als {percent} unter {bound} bleiben und zusammen darüber liegen");
    }
}
