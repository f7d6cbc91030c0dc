using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Reads ISO 20022 camt.052, camt.053 and camt.054 of any version, alone or inside an envelope.</summary>
/// <remarks>Names are read, namespaces are not: the versions differ in where a few elements stand, not in what they mean. One entry at a time is in memory.</remarks>
static class CamtReader
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
    };

    static readonly Regex StatedEncoding = new(
        """^\s*<\?xml[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static ImmutableArray<BankStatement> Read(ReadOnlySpan<byte> file)
    {
        using var xml = XmlReader.Create(new StringReader(Characters(file)), Settings);
        try
        {
            var statements = ImmutableArray.CreateBuilder<BankStatement>();
            var messages = 0;
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element || FormatOf(xml.LocalName) is not { } format) continue;
                messages++;
                ReadMessage(xml, format, statements);
            }

            if (messages == 0) throw new UnreadableException(1, "expected a camt.052, camt.053 or camt.054 message");
            return Pages.Join(statements);
        }
        catch (XmlException e)
        {
            throw new UnreadableException(e.LineNumber, $"expected well-formed XML: {e.Message}");
        }
    }

    /// <summary>The message's own element, by its name in all versions (the first ended in V01).</summary>
    static StatementFormat? FormatOf(string name) => name switch
    {
        "BkToCstmrAcctRpt" or "BkToCstmrAcctRptV01" => StatementFormat.Camt052,
        "BkToCstmrStmt" or "BkToCstmrStmtV01" => StatementFormat.Camt053,
        "BkToCstmrDbtCdtNtfctn" or "BkToCstmrDbtCdtNtfctnV01" => StatementFormat.Camt054,
        _ => null,
    };

    static void ReadMessage(XmlReader xml, StatementFormat format, ImmutableArray<BankStatement>.Builder statements)
    {
        var (depth, line, before) = (xml.Depth, LineOf(xml), statements.Count);
        int? page = null;
        var last = true;
        var inside = !xml.IsEmptyElement && xml.Read();
        while (inside && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) inside = xml.Read();
            else if (xml.LocalName == "GrpHdr")
            {
                var header = Element(xml);
                page = CamtEntry.Number(header, "MsgPgntn", "PgNb");
                last = header.At("MsgPgntn", "LastPgInd")?.Value.Trim() is not ("false" or "0");
            }
            else if (xml.LocalName is "Stmt" or "Rpt" or "Ntfctn") statements.Add(new CamtStatement(format, page, last).Read(xml));
            else xml.Skip();
        }

        if (statements.Count == before) throw new UnreadableException(line, "expected at least one Stmt, Rpt or Ntfctn in the message");
    }

    /// <summary>The element at which the reader stands, with the lines of all that is in it; the reader goes behind it.</summary>
    internal static XElement Element(XmlReader xml)
    {
        XElement element;
        using (var part = xml.ReadSubtree()) element = XElement.Load(part, LoadOptions.SetLineInfo);
        xml.Read();
        return element;
    }

    internal static int LineOf(XmlReader xml) => ((IXmlLineInfo)xml).LineNumber;

    /// <summary>The file's characters: by its mark, else by what its first line states, else UTF-8.</summary>
    static string Characters(ReadOnlySpan<byte> file)
    {
        var head = Encoding.Latin1.GetString(file[..Math.Min(file.Length, 200)]);
        var name = StatedEncoding.Match(head) is { Success: true } stated ? stated.Groups["name"].Value : "utf-8";
        // A file that states sixteen bits in letters of eight is written in eight.
        if (name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)) name = "utf-8";
        return FileText.Of(file, FileText.Find(name) ?? throw new UnreadableException(1, $"expected an encoding that is known, found {Told.Short(name)}"));
    }
}
