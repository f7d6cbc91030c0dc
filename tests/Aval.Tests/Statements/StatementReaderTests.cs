using System.Text;
using Aval.Statements.Rules;

namespace Aval.Tests.Statements;

/// <summary>Files as banks write them, each a few lines made up in the manner of one.</summary>
public sealed class StatementReaderTests
{
    static StatementReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    // German subfields: references in 27 places, a wrap inside the name, text behind a reference that has ended.
    [InlineData(
        "166?00GUTSCHR?20EREF+2026-03-INV-1234567890?21ABC?22SVWZ+RE 4711 vom 01.02.?30DRESDEFF?31DE02120300000000202051?32Muster?33mann",
        "2026-03-INV-1234567890ABC", "Muster mann", "DE02120300000000202051", "RE 4711 vom 01.02.")]
    [InlineData("159?00RETOURE?20EREF+TFNR 1?21MTLG:no such account", "TFNR 1", null, null, "MTLG:no such account")]
    [InlineData("166>00X>20SVWZ+RE 1>32ACME", null, "ACME", null, "RE 1")]
    // Labels with colons, no code before the subfields, and a Polish account whole in 38.
    [InlineData("166?00GUTSCHRIFT?20EREF: E-55?21KREF: NONREF?22SVWZ: RE 4712?32ACME", "E-55", "ACME", null, "RE 4712")]
    [InlineData("166?20Danke EREF: siehe RE 4712?32ACME", null, "ACME", null, "Danke EREF: siehe RE 4712")]
    [InlineData("?00GUTSCHRIFT?20SVWZ+RE 88?31DE02120300000000202051?32ACME", null, "ACME", "DE02120300000000202051", "RE 88")]
    [InlineData("020~00PRZELEW~20FV 12/2026~3010902590~31000000000000~32JAN NOWAK~38PL61109010140000071219812874", null, "JAN NOWAK", "PL61109010140000071219812874", "FV 12/2026")]
    // ABN AMRO's words with colons.
    [InlineData(
        "SEPA OVERBOEKING                 IBAN: NL91ABNA0417164300\nBIC: ABNANL2A                    NAAM: J. de Vries\nOMSCHRIJVING: factuur 12-34      KENMERK: E-9",
        "E-9", "J. de Vries", "NL91ABNA0417164300", "factuur 12-34")]
    // What the Dutch banks write between strokes.
    [InlineData(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J. de Vries/REMI/factuur 12-34/EREF/E-7",
        "E-7", "J. de Vries", "NL91ABNA0417164300", "factuur 12-34")]
    [InlineData("/EREF/E-8//CNTP/NL91ABNA0417164300/ABNANL2A/De Vries///REMI/USTD//factuur 55/", "E-8", "De Vries", "NL91ABNA0417164300", "factuur 55")]
    [InlineData("/REMI/USTD//FACTUUR 77/ID/88 betaald/", null, null, null, "FACTUUR 77/ID/88 betaald")]
    [InlineData("/REMI/Faktuur 2026/BO/123/NAME/De Vries/ID/7", null, "De Vries", null, "Faktuur 2026/BO/123")]
    [InlineData("/ORDP//NAME/A. Payer/REMI/I-2/ISDT/2026-03-01", null, "A. Payer", null, "I-2")]
    // An account first, labels in a text, and a text that is only a text.
    [InlineData("NL91ABNA0417164300 J Jansen\nfactuur 9", null, "J Jansen", "NL91ABNA0417164300", "factuur 9")]
    [InlineData("911 PRZELEW; Z RACH.: 56114010810000267002001001; OD: JAN NOWAK; TYT.: FV 1/2026; TNR: 1", null, "JAN NOWAK", "56114010810000267002001001", "FV 1/2026")]
    [InlineData("FACTUUR 201403110\nREK: NL91ABNA0417164300/NAAM: PICO", null, "PICO", "NL91ABNA0417164300", "FACTUUR 201403110 REK: NL91ABNA0417164300/NAAM: PICO")]
    [InlineData("thank you for I-9", null, null, null, "thank you for I-9")]
    public void What_is_told_of_an_entry_is_read_in_each_banks_way(string told, string? endToEnd, string? name, string? account, string remittance)
    {
        var part = Assert.Single(Assert.Single(Swift(":61:2603020302C12,50NTRFNONREF//B1\n:86:" + told, "12,50").Entries).Parts);
        Assert.Equal((endToEnd, name, account, remittance), (part.EndToEnd, part.Counterparty, part.CounterpartyAccount, part.Remittance));
    }

    [Theory]
    [InlineData("/REMI/STRD/CUR/+++090/9337/55493+++/", "+++090/9337/55493+++")]
    [InlineData("/REMI/STRD/BE/090933755493/", "090933755493")]
    [InlineData("/REMI/STRD/CUR/RF18539007547034/", "RF18539007547034")]
    public void A_structured_reference_is_read_whole(string told, string reference) =>
        Assert.Equal(reference, Assert.Single(Assert.Single(Swift(":61:2603020302C12,50NTRFNONREF//B1\n:86:" + told, "12,50").Entries).Parts).CreditorReference);

    [Theory]
    [InlineData("2603020302C12,50NTRFNONREF//B1", "2026-03-02", "2026-03-02", 1250, false, null, "B1")]
    [InlineData("2603020302CR12,50NTRFREF 7", "2026-03-02", "2026-03-02", 1250, false, "REF 7", null)]
    [InlineData("260302D12,NMSCNONREF", null, "2026-03-02", -1200, false, null, null)]
    [InlineData("2601021231RC0,5NRTINONREF", "2025-12-31", "2026-01-02", -50, true, null, null)]
    [InlineData("2512310102RDR7,00NRTIX", "2026-01-02", "2025-12-31", 700, true, "X", null)]
    [InlineData("2602300302DR6,00N024NONREF", "2026-03-02", "2026-02-28", -600, false, null, null)]
    [InlineData("260302C000000000025,00N102NL91ABNA0417164300", null, "2026-03-02", 2500, false, null, null)]
    public void An_entry_says_day_sign_and_amount(string told, string? booked, string value, long amount, bool reversal, string? customer, string? bank)
    {
        var entry = Assert.Single(Swift($":61:{told}\n:86:x", "0").Entries);
        Assert.Equal(
            (booked, value, amount, reversal, customer, bank),
            (entry.Booked?.ToString("yyyy-MM-dd", null), entry.Value!.Value.ToString("yyyy-MM-dd", null), entry.Amount, entry.Reversal,
                entry.Parts[0].CustomerReference, entry.BankReference));
    }

    [Fact]
    public void Original_amounts_in_a_currency_that_is_no_longer_in_use_are_read_past_and_an_account_in_one_is_refused()
    {
        var swift = Assert.Single(Swift(":61:2603020302C12,50NTRFNONREF//B1\n/OCMT/DEM24,45/CHGS/FRF1,00\n:86:/OAMT/DEM24,45/REMI/I-7", "12,50").Entries);
        Assert.Equal((1250, 1), (swift.Amount, swift.Parts.Length));
        var day = new DateOnly(2026, 3, 2);
        var text = Written.Camt053([new BankStatement(
            StatementFormat.Camt053, "DE02120300000000202051", Aval.Kernel.Currency.EUR, "S1", null, 1, true, new Balance(0, Aval.Kernel.Currency.EUR, day),
            new Balance(1250, Aval.Kernel.Currency.EUR, day), [new BankEntry(1, day, day, 1250, false, "E1", null, [new EntryPart(1250, Remittance: "I-7")])], 0, [], 1)], 8);
        const string Original = """<AmtDtls><InstdAmt><Amt Ccy="DEM">24.45</Amt></InstdAmt><CntrValAmt><Amt Ccy="FRF">82.00</Amt></CntrValAmt></AmtDtls>""";
        var with = text.Replace("<TxDtls>", "<TxDtls>" + Original, StringComparison.Ordinal);
        Assert.NotEqual(text, with);
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(with));
        Assert.Equal(1250, Assert.Single(Assert.Single(read.Statements).Entries).Amount);

        var (old, none) = (In("DEM"), In("DEX"));
        Assert.Equal(("DEM", 1250), (Assert.Single(old.Statements).Currency.Code, Assert.Single(old.Statements[0].Entries).Amount));
        Assert.Empty(none.Statements);
        Assert.Contains("expected a currency (ISO 4217), found 'DEX'", none.Fault!.Expected, StringComparison.Ordinal);

        FileRead In(string currency) => StatementFile.Read(Encoding.UTF8.GetBytes(text.Replace("Ccy=\"EUR\"", $"Ccy=\"{currency}\"", StringComparison.Ordinal)
            .Replace("<Ccy>EUR</Ccy>", $"<Ccy>{currency}</Ccy>", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("61/1", "61", 1)]
    [InlineData("00061", "61", null)]
    [InlineData("2026-061", "2026-061", null)]
    [InlineData("61/2026/1", "61/2026/1", null)]
    public void A_statement_is_numbered_in_its_banks_way(string told, string number, int? page)
    {
        var read = Assert.Single(StatementFile.Read(Encoding.UTF8.GetBytes(Message("", "0").Replace(":28C:1", ":28C:" + told, StringComparison.Ordinal))).Statements);
        Assert.Equal((number, page), (read.Number, read.Page));
    }

    [Theory]
    [InlineData(":61:2603020302X12,50NTRFNONREF", 5, ":61:")]
    [InlineData(":61:2613020302C12,50NTRFNONREF", 5, "date")]
    [InlineData(":61:2603021302C12,50NTRFNONREF", 5, "MMDD")]
    [InlineData(":61:2603020302C12,505NTRFNONREF", 5, "decimals")]
    [InlineData(":61:2603020302C12.50NTRFNONREF", 5, ":61:")]
    [InlineData(":25:again", 5, "once")]
    [InlineData(":64:C260302EUR1,00\nstray words", 6, "behind :64:")]
    public void A_broken_line_refuses_the_file_and_says_where(string line, int at, string expected)
    {
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(Message(line, "0")));
        Assert.Empty(read.Statements);
        Assert.Equal(at, read.Fault!.Line);
        Assert.Contains(expected, read.Fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_a_statement_are_one_and_balance_as_one()
    {
        const string Text = """
            :20:A
            :25:123456789
            :28C:7/1
            :60F:C260301EUR10,00
            :61:2603020302C5,00NTRFNONREF
            :62M:C260302EUR15,00
            -
            :20:B
            :25:123456789
            :28C:7/2
            :60M:C260302EUR15,00
            :61:2603020302D1,00NTRFNONREF
            :62F:C260302EUR14,00
            -
            """;
        var joined = Assert.Single(StatementFile.Read(Encoding.UTF8.GetBytes(Text)).Statements);
        Assert.Equal((1000L, 1400L, 2, true, BalanceCheck.Agrees),
            (joined.Opening!.Minor, joined.Closing!.Minor, joined.Entries.Length, joined.IsLastPage, Balances.Check(joined)));
        var apart = StatementFile.Read(Encoding.UTF8.GetBytes(Text.Replace(":60M:C260302EUR15,00", ":60M:C260302EUR16,00", StringComparison.Ordinal))).Statements;
        Assert.Equal(["page 7/1 ended with 15.00 EUR, page 7/2 begins with 16.00 EUR"], apart[1].Differences);
        var gap = StatementFile.Read(Encoding.UTF8.GetBytes(Text.Replace(":28C:7/2", ":28C:7/3", StringComparison.Ordinal))).Statements;
        Assert.Equal(["page 7/2 is missing between page 7/1 and page 7/3"], gap[1].Differences);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("windows-1252", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    public void Letters_are_read_in_the_encoding_they_are_written_in(string encoding, bool mark)
    {
        var letters = Encoding.GetEncoding(encoding);
        foreach (var text in new[]
        {
            Message(":61:2603020302C1,00NTRFNONREF\n:86:166?20SVWZ+Größe?32Müller", "1,00"),
            $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + Written.Camt053([new AnyStatement(3).Next(StatementFormat.Camt053) with { Id = "Müller" }]),
        })
        {
            byte[] bytes = [.. mark ? letters.GetPreamble() : [], .. letters.GetBytes(text)];
            var read = StatementFile.Read(bytes);
            Assert.Null(read.Fault);
            Assert.True(read.Statements[0].Id == "Müller" || read.Statements[0].Entries[0].Parts[0].Counterparty == "Müller");
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE Document [<!ENTITY a \"x\">]><Document/>", "DTD")]
    [InlineData("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>", "at least one")]
    [InlineData("<Document><Other/></Document>", "camt.053")]
    [InlineData("<Document><BkToCstmrStmt>", "well-formed")]
    public void XML_that_is_no_statement_is_refused(string text, string expected) =>
        Assert.Contains(expected, StatementFile.Read(Encoding.UTF8.GetBytes(text)).Fault!.Expected, StringComparison.Ordinal);

    [Fact]
    public void Payments_of_a_batch_are_lines_of_their_own_where_their_amounts_sum_to_it()
    {
        static string File(string second) => $"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-02T23:30:00+01:00</DtTm></BookgDt><AcctSvcrRef>B</AcctSvcrRef>
            <NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
            <TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>One</Nm></Dbtr></RltdPties></TxDtls>
            <TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">{second}</Amt></TxAmt></AmtDtls>
            <RltdPties><Dbtr><Nm>Two</Nm></Dbtr></RltdPties></TxDtls>
            </NtryDtls></Ntry>
            <Ntry><Amt Ccy="EUR">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry></Stmt></BkToCstmrStmt></Document>
            """;
        var statement = Assert.Single(StatementFile.Read(Encoding.UTF8.GetBytes(File("20.00"))).Statements);
        var entry = Assert.Single(statement.Entries);
        Assert.Equal((1, new DateOnly(2026, 3, 2)), (statement.Pending, entry.Booked));
        Assert.Equal([(1000L, "E1", "One"), (2000L, null, "Two")], entry.Parts.Select(part => (part.Amount, part.EndToEnd, part.Counterparty)));

        var whole = Assert.Single(Assert.Single(StatementFile.Read(Encoding.UTF8.GetBytes(File("19.00"))).Statements[0].Entries).Parts);
        Assert.Equal((3000L, 2, (string?)null), (whole.Amount, whole.Payments, whole.Counterparty));

        // Two batches in one entry hold what both hold; a bank's own word for booked is booked, an unknown one is refused.
        var told = File("20.00").Replace("<TxDtls>", "<Skip>", StringComparison.Ordinal).Replace("</TxDtls>", "</Skip>", StringComparison.Ordinal)
            .Replace("</NtryDtls></Ntry>", "</NtryDtls><NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls></Ntry>", StringComparison.Ordinal);
        var batches = StatementFile.Read(Encoding.UTF8.GetBytes(told.Replace("<Sts>BOOK</Sts>", "<Sts><Prtry>BOOKED</Prtry></Sts>", StringComparison.Ordinal)));
        Assert.Equal(5, Assert.Single(Assert.Single(batches.Statements[0].Entries).Parts).Payments);
        Assert.NotNull(StatementFile.Read(Encoding.UTF8.GetBytes(told.Replace("<Sts>BOOK</Sts>", "<Sts><Prtry>DONE</Prtry></Sts>", StringComparison.Ordinal))).Fault);
    }

    [Fact]
    public void A_BAI2_trailer_that_contradicts_its_records_is_told()
    {
        var good = Written.Bai2(new AnyStatement(5).Next(StatementFormat.Bai2, oneDay: true));
        var trailer = good.IndexOf("\n49,", StringComparison.Ordinal) + 4;
        var wrong = good.Insert(good[trailer] == '-' ? trailer + 1 : trailer, "9");
        Assert.Contains("trailer", Balances.Differences(StatementFile.Read(Encoding.UTF8.GetBytes(wrong)).Statements[0]).First().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("02.03.2026;1.234,50;;in", 123450L)]
    [InlineData("02.03.2026;1'234,50;;IN", 123450L)]
    [InlineData("02.03.2026;12,5-;;out", -1250L)]
    [InlineData("02.03.2026;(12,50);;out", -1250L)]
    // Never a wrong sign: what contradicts the word, or does not pair, is no amount.
    [InlineData("02.03.2026;-100,00;;in", null)]
    [InlineData("02.03.2026;100,00-;;in", null)]
    [InlineData("02.03.2026;(100,00;;in", null)]
    [InlineData("02.03.2026;--100,00;;out", null)]
    [InlineData("02.03.2026;-100,00-;;out", null)]
    [InlineData("02.03.2026;+-100,00;;out", null)]
    [InlineData("02.03.2026;€ 1.234,50;;in", 123450L)]
    [InlineData("02.03.2026;-12,50 EUR;;out", -1250L)]
    [InlineData("02.03.2026;12,50 USD;;in", null)]
    [InlineData("02.03.2026;12,50;;in;;", 1250L)]
    [InlineData("02.03.2026;12,50;;in;x", null)]
    [InlineData(";;note;\n02.03.2026;12,50;;in", 1250L)]
    [InlineData("02.03.2026;12.50;;in", null)]
    [InlineData("02.03.2026;12,505;;in", null)]
    [InlineData("02.03.2026;12,50;;maybe", null)]
    [InlineData("2026-03-02;12,50;;in", null)]
    [InlineData("02.03.2026;12,50;in", null)]
    [InlineData("02.03.2026;\"12,50;;in", null)]
    public void A_CSV_row_is_read_by_its_mapping_or_refused(string row, long? amount)
    {
        var mapping = new CsvMapping(
            "m", "DE02120300000000202051", "EUR", ';', ',', "dd.MM.yyyy", null, 1,
            [("Day", CsvColumn.BookingDate), ("Amount", CsvColumn.Amount), ("Way", CsvColumn.Direction)], ["in"], ["out"]);
        var read = StatementFile.Read(Encoding.UTF8.GetBytes("Account 1\nday;Amount;Other;Way\n" + row), [mapping]);
        Assert.Equal(amount, read.Fault is null ? read.Statements[0].Entries[0].Amount : null);
        if (amount is null) Assert.Equal(3, read.Fault!.Line);
    }

    [Theory]
    [InlineData("02.03.2026;;100,00|02.03.2026;;-50,00", null)]
    [InlineData("02.03.2026;;-100,00|02.03.2026;;-50,00", -15000L)]
    [InlineData("02.03.2026;;100,00|02.03.2026;20,00;", -8000L)]
    [InlineData("02.03.2026;-20,00;", null)]
    public void A_CSV_file_writes_what_went_out_in_one_way(string rows, long? sum)
    {
        var mapping = new CsvMapping(
            "m", "DE02120300000000202051", "EUR", ';', ',', "dd.MM.yyyy", null, 0,
            [("Day", CsvColumn.BookingDate), ("In", CsvColumn.Credit), ("Out", CsvColumn.Debit)], [], []);
        var read = StatementFile.Read(Encoding.UTF8.GetBytes("Day;In;Out\n" + rows.Replace('|', '\n')), [mapping]);
        Assert.Equal(sum, read.Fault is null ? read.Statements[0].Entries.Sum(entry => entry.Amount) : null);
    }

    [Theory]
    [InlineData("555", true)]
    [InlineData("557", true)]
    [InlineData("495", false)]
    public void A_return_is_told_by_its_type_in_BAI2(string type, bool reversal)
    {
        var text = $"01,A,B,260302,1200,1,,,2/\n02,B,A,1,260302,1200,EUR,2/\n03,12345678,EUR,,,,/\n16,{type},4000,,REF1,,back/\n49,4000,3/\n98,4000,1,5/\n99,4000,1,7/\n";
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(text), []);
        Assert.Null(read.Fault);
        Assert.Equal(reversal, Assert.Single(read.Statements[0].Entries).Reversal);
    }

    [Fact]
    public void A_return_is_told_by_its_code_in_CSV()
    {
        var mapping = new CsvMapping(
            "m", "DE02120300000000202051", "EUR", ';', ',', "dd.MM.yyyy", null, 0,
            [("Day", CsvColumn.BookingDate), ("Amount", CsvColumn.Amount), ("Kind", CsvColumn.Code)], [], []) { ReversalCodes = ["RETURN"] };
        var read = StatementFile.Read("Day;Amount;Kind\n02.03.2026;-40,00;Return\n02.03.2026;-40,00;FEE"u8.ToArray(), [mapping]);
        Assert.Equal([true, false], read.Statements[0].Entries.Select(entry => entry.Reversal));
    }

    [Theory]
    [InlineData("US-ASCII")]
    [InlineData("utf-8")]
    public void Bytes_that_the_stated_encoding_does_not_know_are_refused(string encoding)
    {
        var text = Written.Camt053([Swift(":61:260302C12,50NTRFR\u00fcckzahlung", "12,50")]).Replace("encoding=\"utf-16\"", "", StringComparison.Ordinal);
        var body = text[text.IndexOf("<Document", StringComparison.Ordinal)..].Replace("<GrpHdr>", "<!-- \u00fc --><GrpHdr>", StringComparison.Ordinal);
        var stated = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + body;
        Assert.NotNull(StatementFile.Read(Encoding.Latin1.GetBytes(stated), []).Fault);
        Assert.Null(StatementFile.Read(Encoding.Latin1.GetBytes(stated.Replace(encoding, "iso-8859-1", StringComparison.Ordinal)), []).Fault);
    }

    [Fact]
    public void Tens_of_thousands_of_entries_of_MT940_are_read_in_a_moment()
    {
        const int Many = 60_000;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var entries = string.Join('\n', Enumerable.Repeat(":61:260302C1,NTRFNONREF\n:86:thanks", Many));
        Assert.Equal(Many, Swift(entries, $"{Many},").Entries.Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    static BankStatement Swift(string entry, string closing)
    {
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(Message(entry, closing)));
        Assert.Null(read.Fault);
        return Assert.Single(read.Statements);
    }

    static string Message(string entry, string closing) => $":20:X\n:25:DE02120300000000202051\n:28C:1\n:60F:C260301EUR0,\n{entry}\n:62F:C260302EUR{closing}\n-\n";
}
