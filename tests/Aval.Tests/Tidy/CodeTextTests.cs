namespace Aval.Tests.Tidy;

public sealed class CodeTextTests
{
    [Fact]
    public void Code_comments_and_literals_are_told_apart()
    {
        var text = CodeText.Of("""""
            var a = "one \" // no comment"; // a remark with "quotes"
            /* two
               lines */ var b = @"back\" + $"{a} three"; var c = '"'; var d = 'x';
            var e = """
                FROM "raw" text
                """;
            """"");
        Assert.Equal(["""
            "one \" // no comment"
            """, """
            @"back\"
            """, """
            $"{a} three"
            """, """"
            """
                FROM "raw" text
                """
            """"], text.Literals);
        Assert.Equal("// a remark with \"quotes\"\n/* two\n   lines */", text.Comments);
        Assert.Equal(["vara=\"\";", "varb=\"\"+\"\";varc=;vard=;", "vare=\"\";"], text.Code.Replace(" ", "", StringComparison.Ordinal).Split('\n'));
    }
}
